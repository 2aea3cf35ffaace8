//! The unit for systemd's manager of the user, out of `packaging/agentd.service`.

use std::path::Path;

use super::manager::words;
use crate::error::Failure;
use crate::session::Place;

/// Name of the unit.
pub(super) const UNIT: &str = "agentd.service";

/// The unit as it lies in the repository, for a program in `~/.local/bin`.
const TEMPLATE: &str = include_str!("../../../../packaging/agentd.service");

/// The lines of it that name the program and the home.
const PROGRAM: &str = "ExecStart=%h/.local/bin/agentd run\n";
const DATA: &str = "ReadWritePaths=%h/.local/share/agentd\n";
const CONFIG: &str = "ReadWritePaths=-%h/.config/agentd\n";

/// Begins the line that names the home.
const HOME: &str = "Environment=\"AGENTD_HOME=";

/// The unit for this home and program.
pub(super) fn unit(place: &Place, program: &Path) -> Result<String, Failure> {
    let root = quoted(place.home.root())?;
    let start = format!(
        "ExecStart=\"{}\" run\n",
        quoted(program)?.replace('$', "$$")
    );
    let home = match place.named {
        true => format!("{HOME}{root}\"\n"),
        false => String::new(),
    };
    let config = place.home.config_file().parent().unwrap_or(Path::new("/"));
    Ok(TEMPLATE
        .replace(PROGRAM, &format!("{start}{home}"))
        .replace(DATA, &format!("ReadWritePaths=\"{root}\"\n"))
        .replace(
            CONFIG,
            &format!("ReadWritePaths=\"-{}\"\n", quoted(config)?),
        ))
}

/// The home a unit names; none when it is for the usual one.
pub(super) fn home_of(unit: &str) -> Option<String> {
    let line = unit.lines().find_map(|line| line.strip_prefix(HOME))?;
    let quoted = line.strip_suffix('"')?;
    Some(
        quoted
            .replace("%%", "%")
            .replace("\\\"", "\"")
            .replace("\\\\", "\\"),
    )
}

/// A path within double quotes in a unit (`systemd.syntax(7)`), where `%` begins a
/// specifier.
fn quoted(path: &Path) -> Result<String, Failure> {
    let text = path
        .to_str()
        .filter(|text| !text.contains(char::is_control));
    let text = text.ok_or_else(|| {
        Failure::refused(format!("{} cannot stand in a unit", path.display()))
            .hint("use a path of plain characters")
    })?;
    Ok(text
        .replace('\\', "\\\\")
        .replace('"', "\\\"")
        .replace('%', "%%"))
}

/// The commands that take the unit up and run it, also when it runs already.
pub(super) fn install() -> [Vec<String>; 3] {
    [
        reload(),
        words(&["systemctl", "--user", "enable", UNIT]),
        words(&["systemctl", "--user", "restart", UNIT]),
    ]
}

/// The command that stops it for good.
pub(super) fn stop() -> Vec<String> {
    words(&["systemctl", "--user", "disable", "--now", UNIT])
}

/// The command that has changed files read.
pub(super) fn reload() -> Vec<String> {
    words(&["systemctl", "--user", "daemon-reload"])
}

#[cfg(test)]
mod tests {
    use agent_api::paths::{Environment, Home};

    use super::*;

    #[test]
    fn the_unit_names_the_program_and_the_home_whatever_they_are_called() {
        for line in [PROGRAM, DATA, CONFIG] {
            assert_eq!(TEMPLATE.matches(line).count(), 1, "{line}");
        }
        let root = "/home/ada/my \"jobs\" 100% $HOME";
        let place = |named| Place {
            home: Home::at(Path::new(root), &Environment::default()).unwrap(),
            named,
        };
        let program = Path::new("/opt/job agent/100%/$bin/agentd");
        let said = unit(&place(true), program).unwrap();
        assert!(
            said.contains("\nExecStart=\"/opt/job agent/100%%/$$bin/agentd\" run\n"),
            "{said}"
        );
        assert!(
            said.contains("\nReadWritePaths=\"/home/ada/my \\\"jobs\\\" 100%% $HOME\"\n"),
            "{said}"
        );
        assert_eq!(home_of(&said).as_deref(), Some(root));
        let usual = unit(&place(false), program).unwrap();
        assert_eq!(home_of(&usual), None);
        assert_eq!(home_of(TEMPLATE), None);
        let broken = Place {
            home: Home::at(
                Path::new("/home/a\nExecStart=evil"),
                &Environment::default(),
            )
            .unwrap(),
            named: true,
        };
        assert!(unit(&broken, program).is_err());
    }
}
