public import Kernel

/// Identity, organizations and access: the flows over what the kernel keeps of people.
public struct TenancyPlugin: Plugin {
    public static let manifest = Manifest(
        id: "tenancy", version: 1, isOptional: false,
        messages: [
            MessageCatalog(.english, json: PackageResources.en_json),
            MessageCatalog(.italian, json: PackageResources.it_json),
        ])

    public init() {}

    public var body: [any Contribution] {
        Entities(Invitation.self, APIKey.self)
        Actions(
            SignUp.self, VerifyEmail.self, ResendVerification.self, LogIn.self, RefreshTokens.self,
            LogOut.self,
            ForgotPassword.self, ResetPassword.self, ListSessions.self, EndSession.self, EndOtherSessions.self
        )
        Actions(
            ShowProfile.self, UpdateProfile.self, ChangePassword.self, CreateOrganization.self,
            SwitchOrganization.self)
        Actions(StartTOTP.self, ConfirmTOTP.self, EndTOTP.self, CreateAPIKey.self)
        Actions(InviteMember.self, ResendInvitation.self, RevokeInvitation.self, AcceptInvitation.self)
        Actions(SuspendMember.self, LiftSuspension.self, RemoveMember.self, SetTeamMembers.self)
        Actions(CreateRole.self, CopyRole.self, UpdateRole.self, ShowRoleMatrix.self)
        Actions(ShowSettings.self, UpdateSettings.self, ListPlugins.self, SwitchPlugin.self)
        Actions(ListAudit.self, ListSecurityAudit.self)
        Actions(
            VendorLogIn.self, StartVendorTOTP.self, ConfirmVendorTOTP.self, RefreshVendorTokens.self,
            VendorLogOut.self, ShowVendorProfile.self)
        Actions(
            ListOrganizations.self, ShowOrganization.self, SuspendOrganization.self,
            ReactivateOrganization.self, ListVendorAudit.self)
        Pages(
            HomePage.self, LogInPage.self, LogOutPage.self, SignUpPage.self, NewOrganizationPage.self,
            VerifyPage.self, ForgotPage.self, ResetPage.self, InvitationPage.self, VendorLogInPage.self)
        Prepare(.update, Member.self, MemberRules.guardRoleChange)
        Prepare(.delete, Role.self, MemberRules.guardRoleDeletion)
        Jobs(SendMail.self, PruneSignIn.self)
        Every(seconds: 86_400, PruneSignIn.self)
        Permissions(
            "users.invite", "users.revoke", "roles.assign", "users.read", "users.write", "roles.read",
            "roles.write",
            "teams.read", "teams.write", "settings.read", "settings.write", "audit.read",
            "integrations.manage",
            "billing.manage", "tenancy.api_key.write")
        // Whoever answers for records names their owners. Settings stay with Org Admin.
        Suggests(
            .allow("users.read", .all, .salesManager), .allow("teams.read", .all, .salesManager),
            .allow("users.read", .all, .salesRep), .allow("teams.read", .all, .salesRep),
            .allow("users.read", .all, .dispatcher), .allow("teams.read", .all, .dispatcher))
    }
}
