internal import Postgres
internal import Wire

/// Work that shows its own end, done by a job with the rights of the member who asked for it.
protocol MemberWork: Sendable {
    /// Moves it into the state of being worked on, out of that of having failed where its job was replayed;
    /// false where it has gone on to something else.
    func takeUp(in context: Context) async throws(Problem) -> Bool
    /// Does what is left of it.
    func finish(in context: Context) async throws(Problem)
    /// Shows that it has failed, with a code.
    func fail(_ code: String, in context: Context) async throws(Problem)
}

extension MemberWork {
    /// Does the work in a job.
    func run(in job: JobContext) async throws(Problem) -> JobOutcome {
        guard let member = try await job.asMember() else { return try await end(job, job.absence) }
        do {
            // A job that is cancelled at this moment is cancelled before or after, not between.
            let isWanted = try await member.inTransaction {
                (context: Context) async throws(Problem) -> Bool in
                try await job.hold(in: context)
                return try await takeUp(in: context)
            }
            if isWanted { try await finish(in: member) }
        } catch {
            // The organization's lane rests besides.
            if error.code == Problem.suspended.code { return .snooze(seconds: 60) }
            // Transient faults are tried again; of the last one the worker tells.
            if error.isTransient { throw error }
            return try await end(job, error.code)
        }
        return .done
    }

    /// Ends job and work in one transaction: whoever has lost the job says nothing of its work, which is
    /// another's by now.
    private func end(_ job: JobContext, _ code: String) async throws(Problem) -> JobOutcome {
        try await job.context.inTransaction { (context: Context) async throws(Problem) -> JobOutcome in
            try await job.finish(in: context)
            try await fail(code, in: context)
            return .finished
        }
    }
}

extension Context {
    /// Ends what is under way for a suspended organization, between two of its portions: 403.
    func demandActive() async throws(Problem) {
        let isSuspended = try await read("select platform.is_suspended()").bool(0, 0)
        if isSuspended == true { throw Problem.suspended }
    }
}

extension Problem {
    /// 403: the vendor has suspended the organization.
    static let suspended = Problem(403, "organization_suspended")
}
