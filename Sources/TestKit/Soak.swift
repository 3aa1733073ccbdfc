internal import Glibc

/// How large a proof is: small enough for every run, or, with `STRATIKEY_SOAK=1`, as large as a long run
/// bears.
public enum Soak {
    /// Whether this is a long run.
    public static let isOn = getenv("STRATIKEY_SOAK").map { String(cString: $0) == "1" } ?? false

    /// The size for this run; it is printed for the summary of `make soak`.
    public static func size(_ small: Int, soak large: Int, _ unit: String) -> Int {
        let size = isOn ? large : small
        print("Proof of size: \(size) \(unit)")
        fflush(nil)
        return size
    }

    /// Where a proof's random numbers begin: the same in every run, or, in a long one, where
    /// `STRATIKEY_SEED` or chance says; it is printed, so that what failed can fail again.
    public static func seed(_ usual: UInt64) -> UInt64 {
        let given = getenv("STRATIKEY_SEED").flatMap { UInt64(String(cString: $0)) }
        let seed = given ?? (isOn ? UInt64.random(in: 0 ... .max) : usual)
        if seed != usual {
            print("STRATIKEY_SEED=\(seed)")
            fflush(nil)
        }
        return seed
    }
}
