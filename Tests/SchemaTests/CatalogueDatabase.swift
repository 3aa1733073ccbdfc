import Installation
import Kernel
import TestKit

/// The database that the catalogue's rules look at: migrated, with every compiled-in plugin's entities.
enum CatalogueDatabase {
    /// The superuser's connection string.
    static let shared = Result { try TestDatabase.make(Registry(InstalledPlugins.all)).adminConnection }
}
