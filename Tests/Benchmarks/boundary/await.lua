-- Waits for a function that has its result at once: an asynchronous one of the host, or a coroutine that yields it.
local call, n = ...
local sum = 0
local began = os.clock()
for i = 1, n do
  sum = sum + call(i)
end
return os.clock() - began, sum
