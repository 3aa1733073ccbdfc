internal import Loop

/// Sending what was queued.
extension Connection {
    /// Sent in one turn of the loop, before others are let in.
    private static let flushSize = 1 << 20

    /// Sends until the queue is empty or the socket full.
    func flush() {
        var budget = Self.flushSize
        while !output.isEmpty, mayWrite {
            switch output.send(to: socket) {
            case .sent(let count):
                budget -= count
                if phase != .head { deadline = home.loop.now + home.configuration.progressTimeout }
                if budget <= 0, !output.isEmpty { return goOnLater() }
            case .full: mayWrite = false
            case .failed: return close()
            }
        }
        guard output.isEmpty, phase != .closed else { return }
        home.recycle(output.reset())
        if phase == .handling, inputWaiter == nil { deadline = .max }
        if phase == .streaming { awaitSilence() }
        resumeOutput()
    }

    private func goOnLater() {
        home.loop.execute { [self] in
            switch phase {
            case .handling, .streaming: flush()
            case .sending, .head: advance()
            case .lingering, .closed: break
            }
        }
    }
}
