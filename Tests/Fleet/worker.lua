-- worker.lua DONE COUNT PAUSE: makes the calls after the first so many, and tells of each when and how it ended. One
-- that failed is made again.
local c8, task, time = require "c8", require "c8.task", require "c8.time"
local done, calls, pause = math.tointeger((...)), math.tointeger((select(2, ...))), tonumber((select(3, ...)))
while done < calls do
  local began = time.monotonic()
  local ok, problem = pcall(c8.production.orders.list, {})
  local seconds = time.monotonic() - began
  if ok then
    done = done + 1
    print(("done %.3f %.3f %d"):format(time.now(), seconds, done))
  else
    print(("failed %.3f %.3f %s"):format(time.now(), seconds, tostring(problem):gsub("\n", " ")))
  end
  io.stdout:flush()
  task.sleep(pause)
end
