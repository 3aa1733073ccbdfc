internal import Kernel
internal import Postgres

/// How the data is doing: statistics, dead rows, jobs, events.
extension Checkup {
    static let state: [Checkup] = [
        Checkup(name: "statistics", gravity: .warning, finding: statistics),
        Checkup(name: "vacuum", gravity: .warning, finding: vacuum),
        Checkup(name: "transaction ids", finding: wraparound),
        Checkup(name: "open transactions", gravity: .warning, finding: openTransactions),
        Checkup(name: "indexes", finding: indexes),
        Checkup(name: "audit partitions", finding: partitions),
        Checkup(name: "jobs", gravity: .warning, finding: jobs),
        Checkup(name: "outbox", gravity: .warning, finding: outbox),
    ]

    /// The planner's picture is stale where more rows have changed since the last look than a fifth of the
    /// table.
    private static func statistics(_ patient: Patient) throws -> String? {
        let stale = try patient.names(
            """
            select format('%I.%I', s.schemaname, s.relname)
            from pg_catalog.pg_stat_user_tables as s
            where s.n_live_tup + s.n_mod_since_analyze > 10000
              and (s.n_mod_since_analyze > s.n_live_tup / 5
                  or coalesce(s.last_analyze, s.last_autoanalyze) is null)
            order by 1
            """)
        return stale.isEmpty
            ? nil : "the planner judges \(few(stale)) by old statistics; run `vacuum (analyze)` on them"
    }

    private static func vacuum(_ patient: Patient) throws -> String? {
        if try patient.database.query("show autovacuum")[0, 0] != "on" {
            return "autovacuum is off: tables would grow and slow down; `alter system set autovacuum = on`"
        }
        let bloated = try patient.names(
            """
            select format('%I.%I', s.schemaname, s.relname)
            from pg_catalog.pg_stat_user_tables as s
            where s.n_dead_tup > 100000 and s.n_dead_tup > s.n_live_tup
            order by 1
            """)
        return bloated.isEmpty
            ? nil : "more dead rows than live ones in \(few(bloated)); run `vacuum` on them"
    }

    private static func wraparound(_ patient: Patient) throws -> String? {
        let age =
            try patient.database.query(
                """
                select age(d.datfrozenxid)
                from pg_catalog.pg_database as d
                where d.datname = current_database()
                """
            ).integer(0, 0) ?? 0
        return age < 1_500_000_000
            ? nil
            : """
            \(age) transactions since the last freeze: PostgreSQL will refuse to write; run \
            `vacuum freeze` now
            """
    }

    private static func openTransactions(_ patient: Patient) throws -> String? {
        let old = try patient.names(
            """
            select format('%s since %s', coalesce(nullif(a.application_name, ''), a.usename),
            a.xact_start::timestamptz(0))
            from pg_catalog.pg_stat_activity as a
            where a.xact_start < now() - interval '10 minutes' and a.pid <> pg_backend_pid()
            order by a.xact_start
            """)
        return old.isEmpty
            ? nil
            : """
            transactions that stay open hold back events, the audit's chain and vacuum: \(few(old)); \
            end them
            """
    }

    private static func indexes(_ patient: Patient) throws -> String? {
        let invalid = try patient.names(
            """
            select i.indexrelid::regclass::text
            from pg_catalog.pg_index as i
            where not i.indisvalid or not i.indisready
            order by 1
            """)
        return invalid.isEmpty
            ? nil : "\(few(invalid)) can't be used; run `reindex index concurrently` on them"
    }

    private static func partitions(_ patient: Patient) throws -> String? {
        let name = try patient.database.query(
            """
            select 'kernel.audit_standard_'
                || to_char(now() at time zone 'UTC' + interval '7 days', 'YYYY_MM')
            """
        )[0, 0]
        let exists = try patient.database.query("select to_regclass(\(name ?? "")) is not null").bool(0, 0)
        return exists == true
            ? nil
            : """
            there is no \(name ?? "partition") for the audit of next week, without which nothing can be \
            written; `select kernel.ensure_audit_partitions(current_date, 3)`, and see that a worker runs
            """
    }

    private static func jobs(_ patient: Patient) throws -> String? {
        let rows = try patient.database.query(
            """
            select
                count(*) filter (where j.state = 'discarded' and j.created_at > now() - interval '7 days'),
                count(*) filter (
                    where j.state = 'available'
                      and j.run_at < now() - interval '10 minutes'
                      -- Those of suspended organizations rest.
                      and o.status is distinct from 'suspended')
            from platform.jobs as j
            left join platform.organizations as o on o.id = j.organization_id
            """)
        let (dead, late) = (rows.integer(0, 0) ?? 0, rows.integer(0, 1) ?? 0)
        if late > 0 {
            return "\(late) jobs have waited for over ten minutes; see that `platform serve` or `work` runs"
        }
        return dead == 0
            ? nil : "\(dead) jobs of the last week were given up; look at GET /jobs?state=discarded"
    }

    private static func outbox(_ patient: Patient) throws -> String? {
        let seconds =
            try patient.database.query(
                "select extract(epoch from now() - platform.outbox_waits_since('kernel.after'))::bigint"
            ).integer(0, 0) ?? 0
        return seconds < 300
            ? nil
            : """
            what follows committed changes is \(seconds) s behind; see that a worker runs and no transaction \
            stays open
            """
    }
}
