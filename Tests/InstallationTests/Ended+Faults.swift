import TestKit

extension Program.Ended {
    /// What a doctor found, but for the cluster of tests, which trades durability for speed.
    var faults: [String] {
        output.split(separator: "\n").map(String.init)
            .filter { $0.hasPrefix("failed  ") && !$0.hasPrefix("failed  durability: ") }
    }
}
