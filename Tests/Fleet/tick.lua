-- What a clock starts once a minute, on whatever machine.
print "tick"
