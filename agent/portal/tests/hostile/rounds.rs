//! Rounds of the whole catalogue, and what they did to the process that hosts them.

use std::fmt;
use std::time::{Duration, Instant};

use crate::attack::{Attack, Group};
use crate::footprint;
use crate::run::{Ran, run};
use crate::scene::Scene;

/// What the memory of the process may grow by, in KiB.
const GROWTH: i64 = 8 * 1024;
/// Rounds before growth is counted. The allocator keeps what was given back, by
/// thread, so that use rises to its highest mark first: by one page of eight
/// mebibytes in the second round, as seen, and by nothing after it.
pub(crate) const WARMING: usize = 2;

/// What was measured.
pub(crate) struct Rounds {
    rounds: usize,
    attacks: usize,
    wrong: Vec<String>,
    /// The attack that came closest to its limit, or went furthest over it.
    closest: Option<(&'static str, Ran)>,
    /// Attacks that were made once more because they were late.
    repeated: u32,
    beside: u32,
    slowest: Duration,
    /// Before the first round and after the last.
    files: [Option<usize>; 2],
    /// After each round.
    resident: Vec<i64>,
    /// Connections and bytes.
    arrived: (usize, usize),
    /// By group, with what the attacks needed before and after.
    took: Vec<(Group, Duration)>,
}

impl Rounds {
    /// Takes whole rounds until `most` attacks have been made.
    pub(crate) async fn run(scene: &mut Scene, attacks: &[Attack], most: usize) -> Self {
        let before = footprint::open_files();
        let mut found = Self {
            rounds: 0,
            attacks: 0,
            wrong: Vec::new(),
            closest: None,
            repeated: 0,
            beside: 0,
            slowest: Duration::ZERO,
            files: [before; 2],
            resident: Vec::new(),
            arrived: (0, 0),
            took: Group::ALL.map(|group| (group, Duration::ZERO)).to_vec(),
        };
        while found.attacks < most && found.wrong.is_empty() {
            for attack in attacks {
                let start = Instant::now();
                found.add(attack.name, run(scene, attack).await);
                let mut took = found.took.iter_mut();
                if let Some((_, took)) = took.find(|(group, _)| *group == attack.group) {
                    *took += start.elapsed();
                }
            }
            found.rounds += 1;
            found.files[1] = settled_files(before).await;
            found.resident.extend(footprint::resident());
        }
        found.arrived = scene.stage.sinks.arrived();
        found
    }

    fn add(&mut self, name: &'static str, ran: Result<Ran, String>) {
        self.attacks += 1;
        match ran {
            Err(why) => self.wrong.push(why),
            Ok(ran) => {
                self.repeated += ran.tries - 1;
                self.beside += ran.beside;
                self.slowest = self.slowest.max(ran.slowest);
                if self.closest.is_none_or(|(_, most)| ran.share > most.share) {
                    self.closest = Some((name, ran));
                }
            }
        }
    }

    pub(crate) fn expect_no_harm(&self) {
        assert!(self.wrong.is_empty(), "{}", self.wrong.join("\n"));
        assert_eq!(self.arrived, (0, 0), "connections and bytes at the sinks");
        let [before, after] = self.files;
        assert!(after <= before, "open files: {before:?}, then {after:?}");
        let counted = self.resident.get(WARMING - 1..).unwrap_or_default();
        if let [before, .., after] = counted {
            let growth = after - before;
            assert!(growth < GROWTH, "memory grew by {growth} KiB");
        }
    }
}

/// Open files once the last connections of the round are closed, or after a while.
async fn settled_files(expected: Option<usize>) -> Option<usize> {
    let deadline = Instant::now() + Duration::from_secs(10);
    loop {
        let found = footprint::open_files();
        if found <= expected || Instant::now() > deadline {
            return found;
        }
        tokio::task::yield_now().await;
    }
}

impl fmt::Display for Rounds {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let [files, files_after] = self.files.map(Option::unwrap_or_default);
        let (connections, bytes) = self.arrived;
        let took: Duration = self.took.iter().map(|(_, took)| *took).sum();
        writeln!(
            f,
            "{} attacks in {} rounds, {} s",
            self.attacks,
            self.rounds,
            took.as_secs()
        )?;
        for (group, took) in &self.took {
            writeln!(f, "  {group:?}: {:.1} s", took.as_secs_f64())?;
        }
        writeln!(f, "ended otherwise than they should: {}", self.wrong.len())?;
        if let Some((name, ran)) = &self.closest {
            writeln!(f, "most of its limit: {:.0} % ({name})", ran.share * 100.0)?;
            writeln!(f, "made again because late: {}", self.repeated)?;
        }
        writeln!(
            f,
            "answers of the honest plugin meanwhile: {}, the slowest in {:?}",
            self.beside, self.slowest
        )?;
        writeln!(f, "open files: {files} before, {files_after} after")?;
        writeln!(f, "memory in KiB after each round: {:?}", self.resident)?;
        write!(f, "at the sinks: {connections} connections, {bytes} bytes")
    }
}
