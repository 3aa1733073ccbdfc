import TestKit
import Testing

/// What holds while servers, workers and PostgreSQL are killed, one proof after the other.
@Suite(.serialized) enum ChaosTests {
    /// The PostgreSQL server that the proofs kill.
    static let cluster = Result { try PostgresCluster.another() }
}
