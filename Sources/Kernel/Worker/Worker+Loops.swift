internal import Loop
internal import Postgres
internal import Wire

/// The three tasks of a worker that has been started.
extension Worker {
    private static let poll: Int64 = 1000
    /// Milliseconds between claims while little room is left: short jobs are then claimed many at a time.
    private static let claimDistance: Int64 = 25

    /// Claims whenever there may be work and there is room.
    func claim() async {
        let loops = runtime.loops.loops
        var mayFindMore = true
        var lastClaim: Int64 = 0
        var nextLoop = 0
        while !isStopping {
            let room = running.room(of: concurrency)
            let since = Monotonic.milliseconds() - lastClaim
            if mayFindMore, room > 0, room * 2 >= concurrency || since >= Self.claimDistance {
                lastClaim = Monotonic.milliseconds()
                let claimed = await claim(room)
                mayFindMore = claimed.count == room
                for job in claimed {
                    nextLoop = (nextLoop + 1) % loops.count
                    start(job, asked: lastClaim, on: loops[nextLoop])
                }
                if mayFindMore { continue }
            }
            let isCrowded = mayFindMore && running.room(of: concurrency) > 0
            let told = await claiming.wait(milliseconds: isCrowded ? Self.claimDistance : Self.poll)
            if told.contains(.jobs) || told.isEmpty { mayFindMore = true }
        }
    }

    private func claim(_ wanted: Int) async -> [ClaimedJob] {
        do { return try await queue.claim(wanted) } catch {
            runtime.log.line(.warning, "worker.claim_failed", [("code", .string(error.state.code))])
            return []
        }
    }

    private func start(_ job: ClaimedJob, asked: Int64, on loop: EventLoop) {
        running.add(job, asked: asked)
        let task = loop.start { [self] in
            await run(job)
            running.remove(job)
            claiming.wake(.room)
            ending.wake(.room)
        }
        running.set(task, for: job)
    }

    /// Follows the outbox.
    func follow() async {
        while !isStopping {
            var pass = OutboxReader.Pass.idle
            do { pass = try await outbox.pass(isStopping: { [self] in isStopping }) } catch {
                runtime.log.line(.warning, "outbox.failed", [("code", .string(error.code))])
            }
            if pass != .read, !isStopping { _ = await following.wait(milliseconds: Self.poll) }
        }
    }

    /// Keeps leases, takes back those that ran out, and enqueues what is due: each second, until `stop()` is
    /// through.
    func tend() async {
        var lastHeartbeat = Monotonic.milliseconds()
        var lastRescue: Int64 = 0
        while !isStopped {
            let now = Monotonic.milliseconds()
            running.cancelExpired()
            if now - lastHeartbeat >= Int64(queue.lease) * 1000 / 6 {
                lastHeartbeat = now
                await heartbeat()
            }
            if !isStopping {
                if now - lastRescue >= 5000 {
                    lastRescue = now
                    await announce()
                    await rescue()
                }
                await tick()
            }
            _ = await tending.wait(milliseconds: 1000)
        }
    }

    /// Tells the installation that this worker lives.
    func announce() async {
        do { try await queue.announce() } catch {
            runtime.log.line(.warning, "worker.announce_failed", [("code", .string(error.state.code))])
        }
    }

    private func heartbeat() async {
        let held = running.jobs
        guard !held.isEmpty else { return }
        let asked = Monotonic.milliseconds()
        do { running.heard(try await queue.heartbeat(held), of: held, asked: asked) } catch {
            runtime.log.line(.warning, "worker.heartbeat_failed", [("code", .string(error.state.code))])
        }
    }

    private func rescue() async {
        do {
            let rescued = try await queue.rescue()
            guard rescued > 0 else { return }
            runtime.log.line(.warning, "job.rescued", [("count", .number(JSONNumber(Int64(rescued))))])
            claiming.wake(.jobs)
        } catch {
            runtime.log.line(.warning, "worker.rescue_failed", [("code", .string(error.state.code))])
        }
    }

    private func tick() async {
        do { try await schedules.tick() } catch {
            runtime.log.line(.warning, "worker.schedule_failed", [("code", .string(error.state.code))])
        }
    }
}
