-- c8run calls.lua COUNT WIDTH: so many calls, so many at a time. Prints the seconds and the sum of what was accepted.
local c8, task, time = require "c8", require "c8.task", require "c8.time"

local count, width = math.tointeger(...), math.tointeger((select(2, ...)))
local left, total = count, 0

local function work()
  while left > 0 do
    left = left - 1
    -- Added in a second line: other tasks add to it during the call.
    local answer = c8.production.orders.create { orderNo = "A-1", quantity = 500 }
    total = total + answer.accepted
  end
end

local begin = time.monotonic()
task.scope(function()
  for _ = 2, width do task.spawn(work) end
  work()
end)
print(("%.6f %d"):format(time.monotonic() - begin, total))
