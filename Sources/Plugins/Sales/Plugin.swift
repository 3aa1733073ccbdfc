internal import Directory
public import Kernel

/// Leads, deals, what is done about them, and what is sold.
public struct SalesPlugin: Plugin {
    public static let manifest = Manifest(
        id: "sales", version: 1, requires: [DirectoryPlugin.self],
        messages: [
            MessageCatalog(.english, json: PackageResources.en_json),
            MessageCatalog(.italian, json: PackageResources.it_json),
        ])

    public init() {}

    public var body: [any Contribution] {
        Entities(
            Product.self, Pipeline.self, Stage.self, Lead.self, Opportunity.self, Activity.self)
        Prepare(.create, Pipeline.self, Pipeline.startAsDefault)
        Before(.update, Pipeline.self, Pipeline.keepDefault)
        Before(.delete, Pipeline.self, Pipeline.keepFromBin)
        Prepare(.create, Stage.self, Stage.complete)
        Prepare(.update, Stage.self, Stage.keepKind)
        Before(.create, Stage.self, Stage.checkProbability)
        Before(.update, Stage.self, Stage.checkProbability)
        Before(.restore, Stage.self, Stage.checkReturn)
        Before(.create, Lead.self, Lead.checkStart)
        Before(.update, Lead.self, Lead.checkStep)
        Prepare(.create, Opportunity.self, Opportunity.place)
        Prepare(.update, Opportunity.self, Opportunity.place)
        Before(.create, Opportunity.self, Opportunity.checkStage)
        Before(.update, Opportunity.self, Opportunity.checkStage)
        Before(.create, Opportunity.self, Opportunity.composeTitle)
        Before(.restore, Opportunity.self, Opportunity.checkReturn)
        Before(.create, Activity.self, Activity.findAccount)
        Before(.update, Activity.self, Activity.findAccount)
        Timelines()
        Actions(
            ConvertLead.self, ProposeConversion.self, FindLeadDuplicates.self, ListStageChanges.self,
            ShowOpportunityTimeline.self, ShowLeadTimeline.self, ShowDashboard.self)
        Actions(ShowDemoData.self, LoadDemoData.self, RemoveDemoData.self)
        Jobs(LoadDemoJob.self, RemoveDemoJob.self)
        Permissions("sales.reports.read", "sales.demo.manage")
        Suggests(
            .allow("sales.reports.read", .team, .salesManager), .allow("sales.reports.read", .own, .salesRep),
            .allow("sales.reports.read", .all, .viewer))
        Starts(StartingPipeline.make)
    }
}

/// What selling adds to the timelines of accounts, contacts, leads and deals.
private struct Timelines: Contribution {
    func add(to draft: inout RegistryDraft) {
        for key in ["account_id", "contact_id"] {
            Timeline(Activity.self, on: key, at: "happened_at").add(to: &draft)
            Timeline(Opportunity.self, on: key, at: "created_at").add(to: &draft)
            Timeline(Opportunity.self, on: key, at: "closed_at").add(to: &draft)
            Timeline(Lead.self, on: key, at: "converted_at").add(to: &draft)
        }
        for key in ["lead_id", "opportunity_id"] {
            Timeline(Activity.self, on: key, at: "happened_at").add(to: &draft)
        }
        Timeline(Opportunity.self, on: "lead_id", at: "created_at").add(to: &draft)
        Timeline(Opportunity.self, on: "lead_id", at: "closed_at").add(to: &draft)
        Timeline(Lead.self, on: "opportunity_id", at: "converted_at").add(to: &draft)
    }
}
