-- Arguments: the file of tokens, the stage, and a word that no run before had.
package.path = (debug.getinfo(1, "S").source:match("^@(.*/)") or "./") .. "?.lua;" .. package.path
local common = require("common")
setup = common.setup

function init(arguments)
    tokens, stage, run = common.read(arguments[1]), arguments[2], arguments[3]
    count = 0
    math.randomseed(7 + place)
end

function request()
    count = count + 1
    return wrk.format("POST", "/api/v1/opportunities", {
        Authorization = "Bearer " .. tokens[math.random(#tokens)],
        ["Content-Type"] = "application/json",
        ["Idempotency-Key"] = run .. "-" .. place .. "-" .. count,
    }, string.format('{"title":"Deal %d","amount":%d,"amount_currency":"EUR","stage_id":"%s"}',
        count, math.random(1000000), stage))
end
