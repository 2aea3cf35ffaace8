//! What follows from the prints of jobs: links, and the clusters they make.

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::Arc,
};

use agent_core::cluster::{self, Joint, Link, Print, Rule};
use jiff::Timestamp;
use rusqlite::params;
use serde_json::json;

use super::{
    known::{Known, KnownPrints},
    queue::NewPrint,
};
use crate::{NewEvent, StoreError, WriteTx, events::kind, jobs::JobNumber, value::json as to_json};

/// Key of the setting that names the rules the prints were made by.
const RULES: &str = "clusters.rules";

/// Key of the setting that counts the batches of prints written.
const BATCHES: &str = "clusters.batches";

/// Most links kept of one job: more than one, for a cluster to hold together when
/// one of its jobs changes.
const LINKS: usize = 8;

/// Most jobs of a cluster that is made anew at once.
const MOST: usize = 500;

/// What a batch brought.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Clustered {
    /// Jobs that came into a cluster.
    pub joined: u32,
    /// Of those, earlier openings posted again.
    pub reposted: u32,
}

impl WriteTx<'_> {
    /// Queues every job when the prints kept were made by other rules than these.
    pub fn require_cluster_rules(&mut self, rules: u32) -> Result<(), StoreError> {
        let rules = rules.to_string();
        if self.setting(RULES)?.as_deref() == Some(rules.as_str()) {
            return Ok(());
        }
        self.run(
            "INSERT OR IGNORE INTO cluster_queue (job) SELECT number FROM jobs",
            [],
        )?;
        self.set_setting(RULES, &rules)
    }

    /// Takes jobs from the queue, in the order given, and puts each into the
    /// cluster it belongs to, with an event for each that joins one. `loaded` is new
    /// or comes from an earlier batch.
    pub fn cluster(
        &mut self,
        prints: &[NewPrint],
        loaded: &mut KnownPrints,
        at: Timestamp,
    ) -> Result<Clustered, StoreError> {
        loaded.begin(self.next_batch()?);
        let mut clustered = Clustered::default();
        for new in prints {
            let JobNumber(number) = self.known_job(new.job)?;
            let sql = "SELECT revision FROM jobs WHERE number = ?1";
            if self.value(sql, [number])? != Some(new.revision) {
                continue;
            }
            let keys = self.save_print(number, new, loaded)?;
            self.run("DELETE FROM cluster_queue WHERE job = ?1", [number])?;
            if let Some(known) = loaded.job(self, number)? {
                self.relink(&known, &keys, at, loaded, &mut clustered)?;
            }
        }
        Ok(clustered)
    }

    /// Counts the batches, so that each knows whether another one came between.
    fn next_batch(&mut self) -> Result<i64, StoreError> {
        let last = self.setting(BATCHES)?;
        let next = 1 + last.and_then(|last| last.parse().ok()).unwrap_or(0_i64);
        self.set_setting(BATCHES, &next.to_string())?;
        Ok(next)
    }

    fn save_print(
        &mut self,
        number: i64,
        new: &NewPrint,
        loaded: &mut KnownPrints,
    ) -> Result<Vec<i64>, StoreError> {
        let NewPrint { print, kept, .. } = new;
        // With it go its keys.
        self.run("DELETE FROM job_prints WHERE job = ?1", [number])?;
        loaded.renew(number, print);
        loaded.learn(self, print)?;
        let keys = cluster::keys(print, &*loaded.commons(self, print)?);
        self.run(
            "INSERT INTO job_prints (job, employer, agency, print, marks, names, keys)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
            params![
                number,
                print.employer_key(),
                print.is_by_agency(),
                kept.json,
                kept.marks,
                kept.names,
                to_json("keys", &keys)?
            ],
        )?;
        for key in &keys {
            self.run(
                "INSERT OR IGNORE INTO cluster_keys (key, job) VALUES (?1, ?2)",
                [*key, number],
            )?;
        }
        Ok(keys)
    }

    /// Finds the links of a job anew, and makes the clusters they touch.
    fn relink(
        &mut self,
        known: &Known,
        keys: &[i64],
        at: Timestamp,
        loaded: &mut KnownPrints,
        clustered: &mut Clustered,
    ) -> Result<(), StoreError> {
        let number = known.number;
        let before = self.mates(number)?;
        let found = self.believed(known, keys, loaded)?;
        if before.is_empty() && found.is_empty() && self.choices_of(number)?.is_empty() {
            return Ok(());
        }
        self.run(
            "DELETE FROM cluster_links WHERE one = ?1 OR other = ?1",
            [number],
        )?;
        for (far, link) in &found {
            self.run(
                "INSERT INTO cluster_links (one, other, rule, similarity, link)
                 VALUES (?1, ?2, ?3, ?4, ?5)",
                params![
                    number.min(far.number),
                    number.max(far.number),
                    link.rule.name(),
                    link.similarity,
                    to_json("link", link)?
                ],
            )?;
        }
        let mut touched = before.clone();
        touched.insert(number);
        let chosen = self.choices_of(number)?;
        let joined = chosen.iter().filter(|(_, join)| *join).map(|(far, _)| *far);
        for far in found.iter().map(|(far, _)| far.number).chain(joined) {
            touched.insert(far);
            touched.extend(self.mates(far)?);
        }
        self.make_clusters(&touched, loaded)?;

        let after = self.mates(number)?;
        let fresh = |far: &Known| after.contains(&far.number) && !before.contains(&far.number);
        if let Some((far, link)) = found.iter().find(|(far, _)| fresh(far)) {
            clustered.joined += 1;
            self.tell_joined(known, far, link, at)?;
            if link.rule == Rule::Repost {
                clustered.reposted += 1;
                self.tell_reposted(known, far, at)?;
            }
        }
        Ok(())
    }

    /// The links of a job that are believed, the surest first.
    fn believed(
        &self,
        known: &Known,
        keys: &[i64],
        loaded: &mut KnownPrints,
    ) -> Result<Vec<(Arc<Known>, Link)>, StoreError> {
        let mine = loaded.commons(self, &known.print)?;
        let mut found = Vec::new();
        for number in self.candidates(known.number, keys)? {
            // Most of what has a key in common is told apart without the employers'
            // usual words, which cost more to know than all the rest.
            let apart = |print: Arc<Print>| cluster::are_apart(&known.print, &print);
            if loaded.print(self, number)?.is_none_or(apart) {
                continue;
            }
            let Some(far) = loaded.job(self, number)? else {
                continue;
            };
            let theirs = loaded.commons(self, &far.print)?;
            let link = cluster::compare(known.sighted(), far.sighted(), [&mine, &theirs]);
            if let Some(link) = link {
                found.push((far, theirs, link));
            }
        }
        let links: Vec<Link> = found.iter().map(|(_, _, link)| link.clone()).collect();
        let rivals = |one: usize, other: usize| match (found.get(one), found.get(other)) {
            (Some((a, of_a, _)), Some((b, of_b, _))) => {
                cluster::conflict(a.sighted(), b.sighted(), [of_a, of_b])
            }
            _ => false,
        };
        let kept = cluster::settle(&links, rivals);
        let mut believed: Vec<_> = found
            .into_iter()
            .enumerate()
            .filter(|(place, _)| kept.contains(place))
            .map(|(_, (far, _, link))| (far, link))
            .collect();
        believed.sort_by(|(a, one), (b, other)| {
            let stated = other.rule.is_stated().cmp(&one.rule.is_stated());
            let alike = other.similarity.total_cmp(&one.similarity);
            stated.then(alike).then(a.number.cmp(&b.number))
        });
        believed.truncate(LINKS);
        Ok(believed)
    }

    /// Makes the clusters of `touched` anew from their links and the person's word.
    pub(super) fn make_clusters(
        &mut self,
        touched: &BTreeSet<i64>,
        loaded: &mut KnownPrints,
    ) -> Result<(), StoreError> {
        let mut jobs = Vec::new();
        for number in touched.iter().take(MOST) {
            if let Some(known) = loaded.job(self, *number)? {
                let commons = loaded.commons(self, &known.print)?;
                jobs.push((known, commons));
            }
        }
        let place: BTreeMap<i64, usize> = jobs
            .iter()
            .enumerate()
            .map(|(place, (known, _))| (known.number, place))
            .collect();
        let mut joints = Vec::new();
        let mut apart = BTreeSet::new();
        for (one, (known, _)) in jobs.iter().enumerate() {
            for (far, link) in self.links_of(known.number)? {
                if let Some(other) = place.get(&far).copied().filter(|other| *other > one) {
                    joints.push(Joint { one, other, link });
                }
            }
            for (far, join) in self.choices_of(known.number)? {
                let Some(other) = place.get(&far).copied().filter(|other| *other > one) else {
                    continue;
                };
                if join {
                    let link = Link::by_person();
                    joints.push(Joint { one, other, link });
                } else {
                    apart.insert((one, other));
                }
            }
        }
        let split = |one: usize, other: usize| apart.contains(&(one.min(other), one.max(other)));
        let conflict = |link: &Link, one: usize, other: usize| {
            match (link.rule, jobs.get(one), jobs.get(other)) {
                // Who says that they are one opening knows what else they say.
                (Rule::Person | Rule::Group, _, _) => false,
                (_, Some((a, of_a)), Some((b, of_b))) => {
                    cluster::conflict(a.sighted(), b.sighted(), [of_a, of_b])
                }
                _ => false,
            }
        };
        let clusters = cluster::partition(jobs.len(), &joints, split, conflict);
        for number in touched {
            self.run("DELETE FROM cluster_members WHERE job = ?1", [*number])?;
        }
        for (at, (known, _)) in jobs.iter().enumerate() {
            let Some(named) = clusters.get(at) else {
                continue;
            };
            let alone = clusters.iter().filter(|other| *other == named).count() < 2;
            let first = jobs
                .get(*named)
                .map_or(known.number, |(first, _)| first.number);
            if !alone {
                self.run(
                    "INSERT INTO cluster_members (job, cluster, agency) VALUES (?1, ?2, ?3)",
                    params![known.number, first, known.print.is_by_agency()],
                )?;
            }
        }
        Ok(())
    }

    pub(super) fn tell_joined(
        &mut self,
        known: &Known,
        far: &Known,
        link: &Link,
        at: Timestamp,
    ) -> Result<(), StoreError> {
        self.append_event(&NewEvent {
            at,
            kind: kind::JOB_JOINED.to_owned(),
            subject: known.id.to_string(),
            text: format!("{}: the same opening as {}", known.text, far.text),
            detail: json!({ "with": far.id, "link": link }),
        })?;
        Ok(())
    }

    /// Counts on the later of two postings that the opening was posted again.
    fn tell_reposted(
        &mut self,
        one: &Known,
        other: &Known,
        at: Timestamp,
    ) -> Result<(), StoreError> {
        let (early, late) = if one.seen.first_seen < other.seen.first_seen {
            (one, other)
        } else {
            (other, one)
        };
        let count = early.seen.reposts.saturating_add(1).max(late.seen.reposts);
        self.run(
            "UPDATE jobs SET reposts = ?2 WHERE number = ?1",
            params![late.number, count],
        )?;
        self.append_event(&NewEvent {
            at,
            kind: kind::JOB_REPOSTED.to_owned(),
            subject: late.id.to_string(),
            text: format!("{}: posted again", late.text),
            detail: json!({ "was": early.id, "reposts": count }),
        })?;
        Ok(())
    }
}
