-- Answers 1 if a job must give up its process: a quick single upload waits for a free process, and its owner has used
-- fewer seconds than the owner of this job, whose `worked_seconds` so far count. Only the first process that asks gives
-- way; the others go on.
local owner = name_owner(names.job .. given.job_id)
local owners, used = list_owners()
for _, other in ipairs(owners) do
  if other ~= owner and used[other] < (used[owner] or 0) + given.worked_seconds then
    local waiting_id = find_first_free(other, QUICK_SINGLE_CLASS)
    if waiting_id and redis.call('SET', names.given_way .. waiting_id, 1, 'NX', 'EX', seconds.given_way) then return 1 end
  end
end
return 0
