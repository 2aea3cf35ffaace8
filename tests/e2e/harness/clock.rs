//! A daemon whose clock the test sets: the build `simulated_agentd`.

use std::{fs, path::PathBuf};

use super::{Home, wait_until};

pub(crate) const MINUTE: i64 = 60;
pub(crate) const HOUR: i64 = 60 * MINUTE;
pub(crate) const DAY: i64 = 24 * HOUR;

/// How far the daemon's clock is set off.
pub(crate) struct SetClock {
    file: PathBuf,
    off: i64,
}

impl SetClock {
    /// A clock that begins at this moment in Berlin.
    pub(crate) fn at(home: &Home, begin: &str) -> Self {
        let begin: jiff::Zoned = format!("{begin}[Europe/Berlin]").parse().unwrap();
        let off = begin.timestamp().as_second() - jiff::Timestamp::now().as_second();
        let file = home.path().join("clock");
        fs::write(&file, off.to_string()).unwrap();
        Self { file, off }
    }

    /// Starts the daemon that goes by it.
    pub(crate) fn start(&self, home: &mut Home) {
        let variables = [
            ("SIMULATED_CLOCK", self.file.to_str().unwrap()),
            ("TZ", "Europe/Berlin"),
        ];
        home.start_example("simulated_agentd", &variables);
    }

    /// Sets it forward, or back.
    pub(crate) fn pass(&mut self, seconds: i64) {
        self.off += seconds;
        let new = self.file.with_extension("new");
        fs::write(&new, self.off.to_string()).unwrap();
        fs::rename(new, &self.file).unwrap();
        let (set, wanted) = (self.file.with_extension("set"), self.off.to_string());
        wait_until("the clock is set", || {
            fs::read_to_string(&set).is_ok_and(|said| said == wanted)
        });
    }

    /// Seconds it is set off by.
    pub(crate) fn off(&self) -> i64 {
        self.off
    }
}
