-- Calls a function of the host with a table of ten fields, and gets their sum back.
local call, n = ...
local fields = {
  first = 1, second = 2, third = 3, fourth = 4, fifth = 5, sixth = 6, seventh = 7, eighth = 8, ninth = 9, tenth = 10,
}
local sum = 0
local began = os.clock()
for i = 1, n do
  fields.tenth = i
  sum = sum + call(fields)
end
return os.clock() - began, sum
