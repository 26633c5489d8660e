-- c8run many.lua NUMBER COUNT: a flow of a number, of so many steps that do nothing. Prints seconds of all of them.
local flow, time = require "c8.flow", require "c8.time"
local number, count = (...), math.tointeger((select(2, ...)))
flow.run("benchmark " .. number, function(f)
  local begin = time.monotonic()
  for i = 1, count do
    f:step("step " .. i, function() return i end)
  end
  print(("%.6f %.6f"):format(time.monotonic() - begin, os.clock()))
end)
