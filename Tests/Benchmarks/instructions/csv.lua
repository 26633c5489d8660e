-- 5,000 rows of three fields, one of them in quotes.
local csv = require "c8.csv"
local lines = { "code,name,remark" }
for i = 1, 5000 do lines[i + 1] = ('C-%d,name %d,"box ""%d"", red"'):format(i, i % 50, i % 7) end
local count, sum = 0, 0
for row in csv.parse(table.concat(lines, "\n")) do
  count, sum = count + 1, sum + #row.remark
end
assert(count == 5000 and sum == 60000)
