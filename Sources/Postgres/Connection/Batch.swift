/// Statements that travel together, closed by one Sync: one transaction, or a part of an owned one.
///
/// `@unchecked Sendable`: made by one task, which gives it to a loop; from then on only that loop's thread
/// touches it.
final class Batch: @unchecked Sendable {
    /// One statement of a batch.
    struct Step {
        enum Role { case silent, context, answer }
        let sql: SQL
        let role: Role
        /// Whether it is worth a prepared statement; `set local` is not.
        var isNamed = true
    }

    /// What has become of a batch.
    enum Place { case new, waiting, sent(Connection), done }

    var steps: [Step]
    /// What the context's answer must say.
    let number: Int64
    /// What has become of it when the connection is lost while it is under way.
    let lossOutcome: SQLError.Outcome
    /// Milliseconds that one statement may take.
    let statementTimeout: Int
    /// Whether an error leaves a block open which must be ended.
    var leavesBlockOpen = false
    var place = Place.new
    /// Its request for a connection of its own.
    var reservation: Reservation?
    /// When it has waited too long for a connection.
    var deadline: Int64 = 0
    private var finish: ((Result<[Rows], SQLError>) -> Void)?

    // What has been received.
    var position = 0
    var prepared: [PreparedStatement?] = []
    var answers: [Rows] = []
    var failure: SQLError?

    init(steps: [Step], number: Int64 = 0, lossOutcome: SQLError.Outcome, statementTimeout: Int) {
        self.steps = steps
        self.number = number
        self.lossOutcome = lossOutcome
        self.statementTimeout = statementTimeout
    }

    /// Says who wants the answer; on the loop, before the batch is submitted.
    func whenDone(_ finish: @escaping (Result<[Rows], SQLError>) -> Void) { self.finish = finish }

    /// Runs `release` before the answer is given.
    func beforeDone(_ release: @escaping () -> Void) {
        let finish = finish
        self.finish = { result in
            release()
            finish?(result)
        }
    }

    /// Gives the answer; a second call does nothing.
    func complete(_ result: Result<[Rows], SQLError>) {
        guard let finish else { return }
        self.finish = nil
        place = .done
        finish(result)
    }

    /// The Sync has been answered.
    func complete() { complete(failure.map { .failure($0) } ?? .success(answers)) }

    /// The connection is gone while the batch was under way; `lastWords` is why the server ended it
    /// before it had come as far as this batch's commit.
    func connectionLost(_ error: SQLError, lastWords: SQLError?) {
        if let known = failure ?? lastWords { return complete(.failure(known)) }
        complete(.failure(error.with(lossOutcome)))
    }
}

extension Batch {
    /// Ends a block that has failed.
    static func rollback() -> Batch {
        Batch(steps: [Context.rollback], lossOutcome: .rolledBack, statementTimeout: 1000)
    }
}
