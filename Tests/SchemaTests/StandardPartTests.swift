import Postgres
import Testing

struct StandardPartTests {
    @Test func `making a record writes its audit with old and new values`() throws {
        let database = try ThingDatabase()
        let id = try database.thing("Bella \"Vita\" \\ sas", secret: "hunter2")
        let row = try database.superuser.query(
            """
            select action, actor_kind, actor_id::text, host(address), request_id, changes -> 'name',
            changes -> 'secret',
                   record_version::text
            from kernel.audit
            where record_id = \(id)::uuid
            """)
        #expect(row.count == 1)
        #expect(row[0, 0] == "created")
        #expect(row[0, 1] == "user")
        #expect(row[0, 2] == ThingDatabase.mario)
        #expect(row[0, 3] == "192.0.2.7")
        #expect(row[0, 4] == "request-1")
        #expect(row[0, 5] == #"[null, "Bella \"Vita\" \\ sas"]"#)
        #expect(row[0, 6] == #"[null, {"redacted": true}]"#)
        #expect(row[0, 7] == "1")
    }

    @Test func `the digest of an audit row is over salt and changes`() throws {
        let database = try ThingDatabase()
        _ = try database.thing("back\\slash")
        let holds = try database.value(
            "select bool_and(digest = sha256(salt || convert_to(changes::text, 'UTF8')))::text from kernel.audit"
        )
        #expect(holds == "true")
    }

    @Test func `changing a record tells the changed fields alone, with its new version`() throws {
        let database = try ThingDatabase()
        let id = try database.thing("Old")
        try database.app.query(
            """
            update sample.things
            set name = 'New', place = point(9.19, 45.46), seen_at = '2026-11-21T09:30:00.1234Z', version = 99,
                created_at = '2000-01-01'
            where id = \(id)::uuid
            """)
        let row = try database.superuser.query(
            """
            select version::text, (created_at > '2020-01-01')::text, updated_by::text,
                   (select changes::text from kernel.audit where action = 'updated'),
                   (select array_to_string(array(select unnest(changed) order by 1), ',')
                    from kernel.outbox where event = 'sample.thing.updated')
            from sample.things
            """)
        #expect(row[0, 0] == "2")
        #expect(row[0, 1] == "true")
        #expect(row[0, 2] == ThingDatabase.mario)
        #expect(
            row[0, 3] == #"{"name": ["Old", "New"], "place": [null, "(9.19,45.46)"], "#
                + #""seen_at": [null, "2026-11-21T09:30:00.123Z"]}"#)
        #expect(row[0, 4] == "name,place,seen_at")
    }

    @Test func `an update that changes nothing leaves version, audit and events alone`() throws {
        let database = try ThingDatabase()
        let id = try database.thing("Same")
        try database.app.query(
            "update sample.things set name = 'Same', state = 'open' where id = \(id)::uuid")
        #expect(try database.value("select version::text from sample.things") == "1")
        #expect(
            try database.value("select count(*)::text from kernel.audit where action <> 'created'") == "0")
        #expect(
            try database.value("select count(*)::text from kernel.outbox where event like '%.updated'") == "0"
        )
    }

    @Test func `a state passed through is logged and told`() throws {
        let database = try ThingDatabase()
        let id = try database.thing("Deal")
        try database.superuser.query("update kernel.transitions set at = at - interval '90 seconds'")
        try database.app.query("update sample.things set state = 'won' where id = \(id)::uuid")
        let row = try database.superuser.query(
            """
            select t.from_value, t.to_value, t.seconds between 90 and 100, o.detail::text
            from kernel.transitions as t
            join kernel.outbox as o on o.record_id = t.record_id and o.event = 'sample.thing.entered'
                and o.detail ->> 'to' = t.to_value
            where t.from_value is not null
            """)
        #expect(row.count == 1)
        #expect(row[0, 0] == "open")
        #expect(row[0, 1] == "won")
        #expect(row.bool(0, 2) == true)
        #expect(row[0, 3] == #"{"to": "won", "from": "open", "field": "state"}"#)
    }

    @Test func `the bin, the way back and the end of a record are three actions`() throws {
        let database = try ThingDatabase()
        let id = try database.thing("Gone")
        try database.app.query("update sample.things set deleted_at = now() where id = \(id)::uuid")
        #expect(try database.value("select (deleted_at is not null)::text from kernel.records") == "true")
        try database.app.query("update sample.things set deleted_at = null where id = \(id)::uuid")
        try database.app.query("delete from sample.things where id = \(id)::uuid")
        let actions = try database.value(
            "select string_agg(action, ',' order by record_version, at, action desc) from kernel.audit")
        #expect(actions == "created,deleted,restored,erased")
        #expect(try database.value("select count(*)::text from kernel.records") == "0")
    }

    @Test func `a thousand rows changed by one statement are told one by one`() throws {
        let database = try ThingDatabase()
        try database.app.query(
            """
            insert into sample.things (organization_id, id, name)
            select current_setting('app.organization_id')::uuid, kernel.new_id(), 'Thing ' || n
            from generate_series(1, 1000) as n
            """)
        try database.app.query("update sample.things set amount = 5, name = name || '!'")
        let counts = try database.value(
            """
            select count(*) || ' ' || count(*) filter (where action = 'updated' and changes ? 'amount')
            from kernel.audit
            """)
        #expect(counts == "2000 1000")
        #expect(
            try database.value("select count(*)::text from kernel.records where label like '%!'") == "1000")
    }

    @Test func `values of custom fields are indexed by their kind`() throws {
        let database = try ThingDatabase()
        try database.app.query(
            """
            insert into kernel.custom_fields (organization_id, id, entity, key, kind, label, rules)
            select current_setting('app.organization_id')::uuid, kernel.new_id(), 'sample.thing', f.key,
            f.kind, f.key,
                   '{"scale": 2}'
            from (values ('hue', 'multi_choice'), ('margin', 'decimal'), ('day', 'date')) as f (key, kind)
            """)
        let id = try database.thing("Custom")
        try database.app.query(
            """
            update sample.things
            set custom = '{"hue": ["Rosé", "blue"], "margin": 12.345, "day": "2026-11-21", "unknown": 1}'
            where id = \(id)::uuid
            """)
        let found = try database.value(
            """
            select string_agg(
                concat_ws(':', f.key, v.text_key, v.integer_value, v.date_value), ' ' order by f.key, v.place)
            from kernel.custom_values as v
            join kernel.custom_fields as f on f.organization_id = v.organization_id and f.id = v.field_id
            """)
        #expect(found == "day:2026-11-21 hue:rose hue:blue margin:1235")
        try database.app.query("update sample.things set custom = '{}' where id = \(id)::uuid")
        #expect(try database.value("select count(*)::text from kernel.custom_values") == "0")
    }

    @Test func `without an organization every table refuses, and shows no other's rows with one`() throws {
        let database = try ThingDatabase()
        _ = try database.thing("Acme's")
        try database.act(in: ThingDatabase.beta)
        for table in [
            "sample.things", "kernel.records", "kernel.audit", "kernel.outbox", "kernel.transitions",
        ] {
            #expect(try database.app.query("select count(*) from \(unsafeSQL: table)").integer(0, 0) == 0)
        }
        try database.app.execute("set app.organization_id = ''")
        #expect(throws: SQLError.self) { try database.app.query("select count(*) from sample.things") }
    }

    @Test func `an id used by one record can't be given to another`() throws {
        let database = try ThingDatabase()
        let id = try database.thing("First")
        #expect(throws: SQLError.self) {
            try database.app.query(
                """
                insert into kernel.teams (organization_id, id, name)
                values (current_setting('app.organization_id')::uuid, \(id)::uuid, 'Team')
                """)
        }
    }
}
