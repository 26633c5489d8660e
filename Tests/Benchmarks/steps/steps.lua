-- c8run steps.lua COUNT: a flow of so many steps that do nothing. Prints seconds and CPU seconds of all of them.
local flow, time = require "c8.flow", require "c8.time"
local count = math.tointeger((...))
flow.run("benchmark", function(f)
  local begin, clock = time.monotonic(), os.clock()
  for i = 1, count do
    f:step("step " .. i, function() return i end)
  end
  print(("%.6f %.6f"):format(time.monotonic() - begin, os.clock() - clock))
end)
