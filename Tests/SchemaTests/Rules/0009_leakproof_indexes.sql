-- An index serves a filter under row security only if its comparison is leakproof; the others are dead weight.
--
-- numeric, enums, arrays, jsonb, tsvector, trigrams and every expression are not: money is bigint, a state is text with
-- a check, what is compared in another form is a stored column. Full text is searched by a definer function only.
with golden (name, reason) as (
    values ('kernel.records_search_idx', 'used by kernel.search, which runs past the policy')
)
select
    format('%I.%I', n.nspname, i.relname) as object,
    case
        when 0 = any (x.indkey::smallint[]) then 'an index on an expression'
        else format('the comparison of %s is not leakproof', o.opcintype::regtype)
    end as detail
from pg_index as x
join pg_class as i on i.oid = x.indexrelid
join pg_class as c on c.oid = x.indrelid
join pg_namespace as n on n.oid = c.relnamespace
cross join lateral unnest(x.indclass::oid[]) with ordinality as k (opclass, place)
join pg_opclass as o on o.oid = k.opclass
where n.nspname !~ '^pg_'
  and n.nspname not in ('information_schema', 'extensions', 'platform')
  and not c.relispartition
  and (
      0 = any (x.indkey::smallint[])
      or exists (
          select
          from pg_amop as m
          join pg_operator as r on r.oid = m.amopopr
          join pg_proc as p on p.oid = r.oprcode
          where m.amopfamily = o.opcfamily
            and m.amoplefttype = o.opcintype
            and m.amoprighttype = o.opcintype
            and m.amoppurpose = 's'
            and not p.proleakproof))
  and format('%s.%s', n.nspname, i.relname) not in (select g.name from golden as g)
group by n.nspname, i.relname, 2
order by 1, 2
