-- What the scripts share: tokens, and ids made from numbers as harness/seed.py makes them.
local common = {}

function common.read(path)
    local tokens = {}
    for line in io.lines(path) do tokens[#tokens + 1] = line end
    return tokens
end

function common.deal(number) return string.format("0c000000-0000-7000-8000-%012x", number) end

-- Each thread draws from a place of its own.
local threads = 0
function common.setup(thread)
    thread:set("place", threads)
    threads = threads + 1
end

return common
