import Testing

@testable import Kernel

struct MigrationCheckTests {
    @Test(arguments: [
        "alter table sales.deals drop column colour;", "alter table sales.deals drop colour;",
        "drop table sales.deals;",
        "alter table sales.deals alter column amount type bigint;",
        "alter table sales.deals alter amount set data type bigint;",
        "alter table sales.deals add column colour text not null;",
        "alter table sales.deals add column a text, add column b uuid not null;", "lock table sales.deals;",
        "truncate sales.deals;", "alter table sales.deals rename column a to b;",
        "ALTER TABLE Sales.Deals DROP COLUMN colour;", "select 1; /* ; */ truncate sales.deals",
    ])
    func `a statement that a running program would not survive is refused`(_ text: String) {
        #expect(MigrationCheck.reasons(against: text).count == 1)
    }

    @Test(arguments: [
        "create table sales.deals (id uuid not null);",
        "create table sales.deals (id uuid); alter table sales.deals add column colour text not null;",
        "alter table sales.deals add column colour text;",
        "alter table sales.deals add column colour text not null default 'red';",
        "alter table sales.deals add column colour_key text not null generated always as (lower(colour)) stored;",
        "alter table sales.deals alter column colour drop not null;",
        "alter table sales.deals alter column colour set default 'truncate x';",
        "alter table sales.deals drop constraint deals_colour_check;",
        "alter table sales.deals add constraint deals_colour_check check (colour is not null) not valid;",
        "-- expand/contract: unread since version 12\nalter table sales.deals drop column colour;",
        "-- drop table sales.deals;\nselect 1;", "/* truncate sales.deals; */",
        "do $$ begin lock table sales.deals; end $$;",
        "create function f() returns int as $f$ truncate x; $f$;",
        "insert into sales.deals (name) values ('x; drop table sales.deals;');",
    ])
    func `a statement that holds nobody up is let through`(_ text: String) {
        #expect(MigrationCheck.reasons(against: text).isEmpty)
    }
}
