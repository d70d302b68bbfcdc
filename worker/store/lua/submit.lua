-- Stores a document and its job, both or neither, unless the request is repeated or refused.
--
-- `report`, `search_facts` and `page_pictures` are the result if it is known already: then the job has ended and no document
-- is stored. An empty bound is no bound. If `versions` is not empty, an earlier report of these versions on the owner's same
-- bytes, found under `result_key`, is copied. `role_texts` are the owner's roles that the job is scored against, empty
-- if there are none or its batch has them. `items` are the job's fields, each with its value.
--
-- Answers {'made'}; {'repeated', id} or {'key_reused'} for an Idempotency-Key that was used before; the bound that was
-- reached, such as {'queue_full'}; or {'scored', report, search_facts, page_pictures} if there is such an earlier report:
-- then nothing is stored yet.
local job_id, now, content, report, role_texts = given.job_id, given.now, given.content, given.report, given.role_texts
local job_key, owner_hash = names.job .. job_id, redis.sha1hex(given.owner)
local result_bytes = #report + #given.search_facts + #given.page_pictures

local function find_earlier_report()
  if given.versions == '' then return nil end
  local stored = redis.call('GET', given.result_key) or ''
  local its_versions, its_job = string.match(stored, '^(%S+) (%S+)$')
  local earlier = its_versions == given.versions and redis.call('GET', names.report .. its_job)
  if not earlier then return nil end
  local search_facts, page_pictures = unpack(redis.call('MGET', names.search_facts .. its_job, names.page_pictures .. its_job))
  return {'scored', earlier, search_facts or '', page_pictures or ''}
end

local function find_reached_bound()
  if redis.call('EXISTS', names.refusing) == 1 then return 'store_full' end
  local bytes = math.max(#content, result_bytes) + #role_texts
  return find_reached_queue_bound(owner_hash, 1) or find_reached_store_bound(owner_hash, bytes)
end

uncount_expired()
local used = find_used_key(given.request_key, given.digest)
if used then return used end
local reached = find_reached_bound()
if reached then return {reached} end
local earlier = find_earlier_report()
if earlier then return earlier end

remember_request(given.request_key, given.digest, job_id)
redis.call('HSET', job_key, unpack(items))
redis.call('EXPIRE', job_key, seconds.record)
if role_texts ~= '' then redis.call('SET', names.scored_roles .. job_id, role_texts, 'EX', seconds.record) end
local batch_id = redis.call('HGET', job_key, 'batch')
if not batch_id then
  list_upload('job', names.matches, owner_hash, job_id, now)
elseif redis.call('EXISTS', names.batch .. batch_id) == 1 then
  redis.call('HSET', job_key, 'joining', 1)  -- until extend_batch has counted it
end
if report ~= '' then
  redis.call('SET', names.report .. job_id, report, 'EX', seconds.record)
  keep_with_report(names.search_facts, job_id, given.search_facts)
  keep_with_report(names.page_pictures, job_id, given.page_pictures)
  count_part('report', job_key, job_id, result_bytes + #role_texts, seconds.record)
  note_end_of_job(job_key, job_id)
else
  redis.call('SET', names.document .. job_id, content, 'EX', seconds.record)
  count_part('document', job_key, job_id, #content + #role_texts, seconds.record)
  redis.call('ZADD', names.pending, now, job_id)
  redis.call('EXPIRE', names.pending, seconds.record)
  add_to_turns(job_key, job_id, now)
end
return {'made'}
