import Kernel
import Postgres
import TestKit

/// A database with one entity of the tests' own, `sample.thing`, and two organizations.
struct ThingDatabase {
    static let acme = "00000000-0000-7000-8000-00000000000a"
    static let beta = "00000000-0000-7000-8000-00000000000b"
    static let mario = "00000000-0000-7000-8000-0000000000aa"

    /// The superuser's connection string.
    let admin: String
    /// For looking behind the policies.
    let superuser: MaintenanceConnection
    /// As a request of Mario's at Acme.
    let app: MaintenanceConnection

    /// A clone of the database that was made once.
    init() throws {
        try self.init(connection: PostgresCluster.shared.createDatabase(template: Self.template.get()))
    }

    /// A clone that other tests look at too.
    init(connection: String) throws {
        admin = connection
        superuser = try MaintenanceConnection(admin)
        app = try MaintenanceConnection(admin.replacing("user=postgres", with: "user=platform_app"))
        try act(in: Self.acme)
    }

    /// Everything after this is in that organization, by Mario.
    func act(in organization: String) throws {
        try app.query(
            """
            select
                set_config('app.organization_id', \(organization), false), set_config('app.actor_kind',
                'user', false),
                set_config('app.actor_id', \(Self.mario), false), set_config('app.request_id', 'request-1',
                false),
                set_config('app.address', '192.0.2.7', false)
            """)
    }

    /// The id of a new thing.
    func thing(_ name: String, state: String = "open", secret: String? = nil) throws -> String {
        let rows = try app.query(
            """
            insert into sample.things (organization_id, id, name, owner_id, state, secret)
            values (current_setting('app.organization_id')::uuid, kernel.new_id(), \(name),
            \(Self.mario)::uuid,
                    \(state), \(secret))
            returning id
            """)
        return rows[0, 0] ?? ""
    }

    /// One cell, seen by the superuser.
    func value(_ sql: SQL) throws -> String? { try superuser.query(sql)[0, 0] }

    private static let template = Result { () throws -> String in
        let connection = try PostgresCluster.shared.createDatabase()
        let migrator = Migrator(
            connection: connection, folder: MigrationFolder(path: TestDatabase.migrations))
        try migrator.migrate()
        try MaintenanceConnection(connection).execute(script)
        var thing = StandardTable(schema: "sample", table: "things", entity: "sample.thing", label: "r.name")
        thing.owner = "owner_id"
        thing.search = ["name", "note"]
        thing.redacted = ["secret"]
        thing.statusFields = ["state"]
        try migrator.migrate(standards: [thing])
        return connection.split(separator: "=").last.map(String.init) ?? ""
    }

    private static let script = """
        set role platform_owner;
        create schema sample;
        grant usage on schema sample to platform_app;
        create table sample.things (
            organization_id uuid not null,
            id uuid not null,
            name text not null,
            name_key text collate "C" not null generated always as (kernel.fold(name)) stored,
            owner_id uuid,
            state text not null default 'open',
            amount bigint,
            note text,
            place point,
            seen_at timestamptz(3),
            secret text,
            constraint things_pkey primary key (organization_id, id)
        );
        insert into platform.organizations (id, slug, name)
        values ('\(acme)', 'acme', 'Acme'), ('\(beta)', 'beta', 'Beta');
        """
}
