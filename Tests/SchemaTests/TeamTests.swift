import Postgres
import Testing

struct TeamTests {
    private let database: ThingDatabase

    init() throws {
        database = try ThingDatabase()
        try database.app.query(
            """
            insert into kernel.teams (organization_id, id, name, parent_id)
            select current_setting('app.organization_id')::uuid, t.id::uuid, t.name, t.parent::uuid
            from (
                values
                    (1, '00000000-0000-7000-8000-000000000101', 'Sales', null),
                    (2, '00000000-0000-7000-8000-000000000102', 'Italy',
                    '00000000-0000-7000-8000-000000000101'),
                    (3, '00000000-0000-7000-8000-000000000103', 'Milan',
                    '00000000-0000-7000-8000-000000000102')
            ) as t (place, id, name, parent)
            order by t.place
            """)
    }

    @Test func `a team stands above all teams below it, at any depth`() throws {
        #expect(try below("Sales") == "Italy:1,Milan:2,Sales:0")
    }

    @Test func `a moved team takes those below it along`() throws {
        try move("Italy", below: nil)
        #expect(try below("Sales") == "Sales:0")
        #expect(try below("Italy") == "Italy:0,Milan:1")
        try move("Italy", below: "Sales")
        #expect(try below("Sales") == "Italy:1,Milan:2,Sales:0")
    }

    @Test(arguments: ["Milan", "Sales"])
    func `a team can't stand below itself`(_ parent: String) throws {
        do {
            try move("Sales", below: parent)
            Issue.record("the circle was closed")
        } catch let error as SQLError {
            #expect(error.state == .checkViolation)
            #expect(error.constraint == "teams_parent_id_cycle")
            #expect(error.column == "parent_id")
        }
    }

    @Test func `a change of teams makes cached grants stale`() throws {
        let version = "select grants_version from platform.organizations where slug = 'acme'"
        let before = try database.superuser.query(SQL(text: version)).integer(0, 0) ?? 0
        try move("Milan", below: "Sales")
        #expect(try database.superuser.query(SQL(text: version)).integer(0, 0) == before + 1)
    }

    private func move(_ team: String, below parent: String?) throws {
        try database.app.query(
            """
            update kernel.teams
            set parent_id = (select p.id from kernel.teams as p where p.name = \(parent))
            where name = \(team)
            """)
    }

    private func below(_ team: String) throws -> String? {
        try database.app.query(
            """
            select string_agg(d.name || ':' || p.depth, ',' order by d.name)
            from kernel.team_paths as p
            join kernel.teams as a on a.id = p.ancestor_id
            join kernel.teams as d on d.id = p.descendant_id
            where a.name = \(team)
            """)[0, 0]
    }
}
