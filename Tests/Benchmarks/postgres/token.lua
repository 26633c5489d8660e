-- c8run token.lua COUNT: reads the token in the store so many times. Prints seconds and CPU seconds of that.
local time, token = require "c8.time", require "c8.token"
token.refresh()
local begin, clock = time.monotonic(), os.clock()
for _ = 1, math.tointeger((...)) do token.status() end
print(("%.6f %.6f"):format(time.monotonic() - begin, os.clock() - clock))
