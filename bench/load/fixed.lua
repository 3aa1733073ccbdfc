-- Arguments: the file of tokens, the path.
package.path = (debug.getinfo(1, "S").source:match("^@(.*/)") or "./") .. "?.lua;" .. package.path
local common = require("common")
setup = common.setup

function init(arguments) tokens, path = common.read(arguments[1]), arguments[2] end

function request()
    return wrk.format("GET", path, { Authorization = "Bearer " .. tokens[math.random(#tokens)] })
end
