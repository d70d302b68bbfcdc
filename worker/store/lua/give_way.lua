-- Answers 1 if a job must give its process up: a quick single upload waits for one, and its owner has used fewer seconds
-- than the owner of the job, with the `worked_seconds` that this job has had. Of several processes the first that asks
-- gives way.
local job_key = KEYS[1]
local worked_seconds = tonumber(ARGV[1])
local PAUSE_SECONDS = 5  -- in which the process that gives way takes the upload up

local owner = name_owner(job_key)
local owners, used = list_owners()
for _, other in ipairs(owners) do
  if other ~= owner and used[other] < (used[owner] or 0) + worked_seconds then
    local job_id = find_first_free(other, false, COSTLY_RANK)
    if job_id and redis.call('SET', names.given_way .. job_id, 1, 'NX', 'EX', PAUSE_SECONDS) then return 1 end
  end
end
return 0
