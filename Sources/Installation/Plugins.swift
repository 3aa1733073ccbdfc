internal import Billing
internal import Directory
public import Kernel
internal import Sales
internal import Tenancy

/// The only list of what is compiled into this installation; a plugin stands after those that it requires.
public enum InstalledPlugins {
    /// In the order of their manifests' requirements.
    public static let all: [any Plugin] = [
        KernelPlugin(),
        TenancyPlugin(),
        BillingPlugin(),
        DirectoryPlugin(),
        SalesPlugin(),
    ]
}
