-- Arguments: the file of tokens, how many deals each organization has.
package.path = (debug.getinfo(1, "S").source:match("^@(.*/)") or "./") .. "?.lua;" .. package.path
local common = require("common")
setup = common.setup

function init(arguments)
    tokens, deals = common.read(arguments[1]), tonumber(arguments[2])
    math.randomseed(7 + place)
end

function request()
    return wrk.format("GET", "/api/v1/opportunities/" .. common.deal(math.random(deals)),
        { Authorization = "Bearer " .. tokens[math.random(#tokens)] })
end
