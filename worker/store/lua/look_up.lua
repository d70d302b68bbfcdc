-- Answers a flat list of names and values for each job of `items`, empty for one that does not exist: a single answer is
-- read in a fraction of the time that one for each job takes.
local jobs = {}
for place, job_id in ipairs(items) do jobs[place] = redis.call('HGETALL', names.job .. job_id) end
return jobs
