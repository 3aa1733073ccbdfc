import Kernel

/// Done means a moment; planned again means none.
@Sendable func stampCompletion(_ change: inout Change<Inspection>) throws(Problem) {
    guard change.changes(\.status) else { return }
    change.set(\.completedAt, change.after.status == .done ? change.now : nil)
}

/// Counts anew when an inspection has changed.
@Sendable func countAfterwards(_ event: Event, _ context: Context) async throws(Problem) {
    _ = try await context.enqueue(CountInspections.self, uniqueKey: "count")
}
