-- Arguments: the file of tokens, then the stages.
package.path = (debug.getinfo(1, "S").source:match("^@(.*/)") or "./") .. "?.lua;" .. package.path
local common = require("common")
setup = common.setup

function init(arguments)
    tokens = common.read(arguments[1])
    stages = { unpack(arguments, 2) }
    math.randomseed(7 + place)
end

function request()
    return wrk.format("GET",
        "/api/v1/opportunities?stage_id=" .. stages[math.random(#stages)] .. "&sort=-amount&limit=25",
        { Authorization = "Bearer " .. tokens[math.random(#tokens)] })
end
