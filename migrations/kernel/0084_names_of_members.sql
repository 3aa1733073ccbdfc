-- Everybody may read the names of members: their addresses are no words to find them by any more.

update kernel.records as r
set search = kernel.search_vector(r.label)
where r.entity = 'kernel.member';
