/// A request for a connection of one's own.
///
/// `@unchecked Sendable`: touched only on its pool's loop.
final class Reservation: @unchecked Sendable {
    /// When it has waited too long.
    var deadline: Int64 = 0
    private(set) var isOver = false
    /// Whether it was given up before it was made.
    private(set) var isCancelled = false
    private var answer: ((Result<Connection, SQLError>) -> Void)?

    /// Says who wants the connection; on the loop, before the request is made.
    func whenGranted(_ answer: @escaping (Result<Connection, SQLError>) -> Void) { self.answer = answer }

    /// Answers; false when the request was over already.
    func settle(_ result: Result<Connection, SQLError>) -> Bool {
        guard !isOver else { return false }
        isOver = true
        answer?(result)
        answer = nil
        return true
    }

    /// Gives the request up, also one that is yet to be made.
    func cancel() {
        isCancelled = true
        if answer != nil { _ = settle(.failure(SQLError(.queryCanceled, outcome: .notSent))) }
    }
}
