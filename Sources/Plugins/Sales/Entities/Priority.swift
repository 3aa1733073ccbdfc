public import Kernel

/// How much something presses: P0 the most.
public enum Priority: String, Choice {
    case now = "P0"
    case high = "P1"
    case normal = "P2"
    case low = "P3"
}
