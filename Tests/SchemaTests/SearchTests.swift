import Postgres
import Testing

struct SearchTests {
    /// What the questions are put to; none changes it.
    private static let shared = Result { () throws -> String in
        let database = try ThingDatabase()
        for name in ["Riunione con Société Générale", "The company meeting", "Mario", "Preventivo"] {
            _ = try database.thing(name)
        }
        try database.app.query(
            "update sample.things set note = 'mario.rossi@example.com AB-123/45' where name = 'Mario'")
        return database.admin
    }

    @Test(arguments: [
        ("riunioni", "Riunione con Société Générale"), ("riun", "Riunione con Société Générale"),
        ("societe", "Riunione con Société Générale"), ("SOCIÉTÉ", "Riunione con Société Générale"),
        ("companies", "The company meeting"), ("meeting company", "The company meeting"),
        ("rossi", "Mario"), ("mario.rossi@example.com", "Mario"), ("45", "Mario"),
        ("il preventivo", "Preventivo"),
    ])
    func `a word is found by its forms, its start and without its accents`(_ words: String, _ label: String)
        throws
    {
        let database = try ThingDatabase(connection: Self.shared.get())
        #expect(try found(words, database) == [label])
    }

    @Test(arguments: [
        "", "   ", "'", "\\", "a:*", "& | !", "(", "<->", "':*", "x:A", "\u{1}", "é̀", "<script>&amp;", "!!!",
        String(repeating: "ab ", count: 1000), String(repeating: "z", count: 5000),
        "'; drop table kernel.records; --",
    ])
    func `no text that a person can type is an error`(_ words: String) throws {
        _ = try found(words, ThingDatabase(connection: Self.shared.get()))
    }

    @Test func `another organization's records and those in the bin are not found`() throws {
        let database = try ThingDatabase()
        let id = try database.thing("Canary")
        try database.act(in: ThingDatabase.beta)
        #expect(try found("canary", database).isEmpty)
        try database.act(in: ThingDatabase.acme)
        #expect(try found("canary", database) == ["Canary"])
        try database.app.query("update sample.things set deleted_at = now() where id = \(id)::uuid")
        #expect(try found("canary", database).isEmpty)
    }

    @Test func `a label that is searched itself is parsed once`() throws {
        let database = try ThingDatabase()
        let parsed = try database.value(
            """
            select string_agg(distinct substring(p.prosrc
            from 'concat_ws[(].{5}[(]r[.]name[)]::text[^)]*[)]'), ' ')
            from pg_proc as p
            where p.proname in ('sample_things_insert', 'sample_things_update')
            """)
        #expect(parsed == "concat_ws(' ', (r.name)::text, r.note)")
        let id = try database.thing("Canary")
        try database.app.query(
            "update sample.things set name = 'Finch', note = 'yellow' where id = \(id)::uuid")
        #expect(try found("finch yellow", database) == ["Finch"])
        #expect(try found("canary", database).isEmpty)
    }

    private func found(_ words: String, _ database: ThingDatabase) throws -> [String] {
        let rows = try database.app.query(
            """
            select r.label
            from kernel.search('sample.thing', \(words), 10) as s
            join kernel.records as r on r.id = s.id
            order by s.rank desc
            """)
        return (0..<rows.count).compactMap { rows[$0, 0] }
    }
}
