internal import Directory
internal import Kernel
internal import Postgres
internal import Wire

extension Opportunity {
    /// Finds where a deal stands that does not say it: at the first stage of the pipeline named, or of the
    /// default one.
    static func place(_ change: inout Change<Opportunity>, in context: Context) async throws(Problem) {
        let pipeline = change.untyped.value("pipeline_id").idValue
        let moves = change.kind == .create || change.changes(\.pipeline)
        guard moves, !change.changes(\.stage) else { return }
        let rows = try await context.read(
            """
            select p.id, s.id
            from sales.pipelines p
            join sales.stages s on s.organization_id = p.organization_id and s.pipeline_id = p.id
            where p.organization_id = \(try context.organization())::uuid and p.deleted_at is null
            and s.deleted_at is null and s.kind = 'open'
            and (p.id = \(pipeline)::uuid or (\(pipeline)::uuid is null and p.is_default))
            order by s.position, s.id
            limit 1
            """)
        guard let found = rows.count == 1 ? (rows.id(0, 0), rows.id(0, 1)) : nil else { return }
        if pipeline == nil { change.untyped.assigned["pipeline_id"] = found.0.map(Value.id) ?? .null }
        change.untyped.assigned["stage_id"] = found.1.map(Value.id) ?? .null
    }

    /// Guards the stage and what goes with it: pipeline, closing and reopening, the reason of a loss.
    static func checkStage(_ change: inout Change<Opportunity>) throws(Problem) {
        guard let stage = change.related(\.stage) else { return }
        if change.untyped.value("pipeline_id").isNull { change.set(\.pipeline, stage.pipeline) }
        guard change.untyped.value("pipeline_id").idValue == stage.pipeline.uuid else {
            return change.refuse(\.stage, "stage_of_another_pipeline")
        }
        let moves = change.kind == .create || change.changes(\.stage)
        if moves {
            change.set(\.stageSince, change.now)
            advance(&change, to: stage)
        }
        if stage.kind == .open {
            reopen(&change, moves: moves)
        } else {
            close(&change, as: stage.kind, moves: moves)
        }
    }

    /// Keeps the farthest stage: what was reached in another pipeline counts no more.
    private static func advance(_ change: inout Change<Opportunity>, to stage: Record<Stage>) {
        guard stage.kind != .lost else { return }
        if let reached = change.related(\.reachedStage), reached.pipeline == stage.pipeline,
            reached.kind == .won || (stage.kind == .open && reached.position > stage.position)
        {
            return
        }
        change.set(\.reachedStage, stage.id)
    }

    /// An open deal has no end and no reason for one.
    private static func reopen(_ change: inout Change<Opportunity>, moves: Bool) {
        if moves, !change.assigns(\.closedAt) { change.set(\.closedAt, nil) }
        if moves, !change.assigns(\.lostReason) { change.set(\.lostReason, nil) }
        if change.after.closedAt != nil { change.refuse(\.closedAt, "only_when_closed") }
        if change.after.lostReason != nil { change.refuse(\.lostReason, "only_when_lost") }
    }

    /// Won and lost have an end, now unless told; a loss has a reason, asked where the deal is lost and not
    /// of an import.
    private static func close(_ change: inout Change<Opportunity>, as kind: Stage.Kind, moves: Bool) {
        if moves, !change.assigns(\.closedAt) || change.after.closedAt == nil {
            change.set(\.closedAt, change.now)
        }
        if change.after.closedAt == nil { change.refuse(\.closedAt, "required") }
        if kind == .lost {
            let isAsked = !change.isImport && (moves || change.changes(\.lostReason))
            if isAsked, change.after.lostReason == nil { change.refuse(\.lostReason, "required") }
        } else {
            if moves, !change.assigns(\.lostReason) { change.set(\.lostReason, nil) }
            if change.after.lostReason != nil { change.refuse(\.lostReason, "only_when_lost") }
        }
    }

    /// A deal comes out of the bin where it stood; its stage may be gone by then.
    static func checkReturn(_ change: inout Change<Opportunity>) throws(Problem) {
        guard change.related(\.stage) == nil else { return }
        throw Problem(409, "stage_gone")
    }

    /// `Product for Account` where no title was sent, or what of the two is known.
    static func composeTitle(_ change: inout Change<Opportunity>) throws(Problem) {
        guard change.untyped.value("title").isNull else { return }
        let product = change.related(\.product)?.name
        let account = change.related(\.account)?.name
        switch (product, account) {
        case (let product?, let account?):
            let title = change.text("opportunity.title", ["product": product, "account": account])
            change.set(\.title, String(title.prefix(200)))
        case (let known?, nil), (nil, let known?): change.set(\.title, known)
        case (nil, nil):
            if change.isImport, let code = change.untyped.value("external_code").textValue {
                change.set(\.title, code)
            }
        }
    }
}
