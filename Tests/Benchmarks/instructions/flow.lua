-- A flow of 20 steps, with a journal on the disk.
local flow = require "c8.flow"
local total = flow.run("instructions", function(f)
  local sum = 0
  for i = 1, 20 do sum = sum + f:step("step " .. i, function() return i end) end
  return sum
end)
assert(total == 210)
