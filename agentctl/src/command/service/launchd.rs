//! The agent for launchd, out of `packaging/dev.jobagent.agentd.plist`.

use std::path::Path;

use super::manager::words;
use crate::error::Failure;
use crate::session::Place;

/// Name of the agent.
pub(super) const LABEL: &str = "dev.jobagent.agentd";

/// The agent as it lies in the repository, for a program in `~/.local/bin`.
const TEMPLATE: &str = include_str!("../../../../packaging/dev.jobagent.agentd.plist");

/// What stands before and after the program and its arguments.
const BEFORE: &str = "<key>ProgramArguments</key>\n    <array>\n";
const AFTER: &str = "    </array>\n";

/// What stands around the home.
const HOME: (&str, &str) = ("<key>AGENTD_HOME</key>\n        <string>", "</string>");

/// The agent for this home and program.
pub(super) fn agent(place: &Place, program: &Path) -> Result<String, Failure> {
    let strange = || {
        Failure::new(
            crate::error::Kind::Bug,
            "the launchd template is not as it was",
        )
    };
    let (head, rest) = TEMPLATE.split_once(BEFORE).ok_or_else(strange)?;
    let (_, tail) = rest.split_once(AFTER).ok_or_else(strange)?;
    let program = escaped(program)?;
    let arguments = format!("        <string>{program}</string>\n        <string>run</string>\n");
    let home = match place.named {
        true => format!(
            "    <key>EnvironmentVariables</key>\n    <dict>\n        {}{}{}\n    </dict>\n",
            HOME.0,
            escaped(place.home.root())?,
            HOME.1
        ),
        false => String::new(),
    };
    Ok(format!("{head}{BEFORE}{arguments}{AFTER}{home}{tail}"))
}

/// The home an agent names; none when it is for the usual one.
pub(super) fn home_of(agent: &str) -> Option<String> {
    let (_, rest) = agent.split_once(HOME.0)?;
    let (home, _) = rest.split_once(HOME.1)?;
    Some(
        home.replace("&lt;", "<")
            .replace("&gt;", ">")
            .replace("&amp;", "&"),
    )
}

fn escaped(path: &Path) -> Result<String, Failure> {
    let text = path
        .to_str()
        .filter(|text| !text.contains(char::is_control));
    let text = text.ok_or_else(|| {
        Failure::refused(format!(
            "{} cannot stand in a property list",
            path.display()
        ))
        .hint("use a path of plain characters")
    })?;
    Ok(text
        .replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;"))
}

/// The person's domain.
pub(super) fn domain() -> String {
    format!("gui/{}", rustix::process::geteuid().as_raw())
}

fn target() -> String {
    format!("{}/{LABEL}", domain())
}

/// The commands that take the agent up and run it.
pub(super) fn install(file: &Path) -> [Vec<String>; 2] {
    let file = file.display().to_string();
    [
        words(&["launchctl", "enable", &target()]),
        words(&["launchctl", "bootstrap", &domain(), &file]),
    ]
}

/// The command that stops it and lets it go.
pub(super) fn stop() -> Vec<String> {
    words(&["launchctl", "bootout", &target()])
}

/// The command that stops it and starts it again.
pub(super) fn kick() -> Vec<String> {
    words(&["launchctl", "kickstart", "-k", &target()])
}

/// The command that succeeds when it is loaded.
pub(super) fn look() -> Vec<String> {
    words(&["launchctl", "print", &target()])
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use agent_api::paths::{Environment, Home};
    use quick_xml::{Reader, events::Event};

    use super::*;

    /// A property list, read strictly: every key has a value, every value a type.
    #[derive(Debug, PartialEq)]
    enum Value {
        Text(String),
        Number(i64),
        Flag(bool),
        List(Vec<Value>),
        Dict(BTreeMap<String, Value>),
    }

    fn read(text: &str) -> Value {
        let mut reader = Reader::from_str(text);
        reader.config_mut().trim_text(true);
        loop {
            match reader.read_event().unwrap() {
                Event::Start(tag) if tag.name().as_ref() == "plist" => {
                    return next(&mut reader).unwrap();
                }
                Event::Decl(_) | Event::DocType(_) | Event::Comment(_) | Event::Text(_) => {}
                other => panic!("{other:?} before the list"),
            }
        }
    }

    fn text(reader: &mut Reader<&[u8]>) -> String {
        let mut said = String::new();
        loop {
            match reader.read_event().unwrap() {
                Event::Text(text) => said.push_str(&text.into_inner()),
                Event::GeneralRef(name) => said.push_str(match name.as_ref() {
                    "amp" => "&",
                    "lt" => "<",
                    "gt" => ">",
                    other => panic!("{other:?}"),
                }),
                Event::End(_) => return said,
                other => panic!("{other:?} in a text"),
            }
        }
    }

    /// The next value; none at the end of what holds it.
    fn next(reader: &mut Reader<&[u8]>) -> Option<Value> {
        loop {
            match reader.read_event().unwrap() {
                Event::Comment(_) => {}
                Event::End(_) => return None,
                Event::Empty(tag) if tag.name().as_ref() == "true" => {
                    return Some(Value::Flag(true));
                }
                Event::Empty(tag) if tag.name().as_ref() == "false" => {
                    return Some(Value::Flag(false));
                }
                Event::Start(tag) => {
                    return Some(match tag.name().as_ref() {
                        "string" => {
                            reader.config_mut().trim_text(false);
                            let said = text(reader);
                            reader.config_mut().trim_text(true);
                            Value::Text(said)
                        }
                        "integer" => Value::Number(text(reader).parse().unwrap()),
                        "array" => Value::List(std::iter::from_fn(|| next(reader)).collect()),
                        "dict" => Value::Dict(dict(reader)),
                        other => panic!("{other}"),
                    });
                }
                other => panic!("{other:?} where a value belongs"),
            }
        }
    }

    fn dict(reader: &mut Reader<&[u8]>) -> BTreeMap<String, Value> {
        let mut values = BTreeMap::new();
        loop {
            match reader.read_event().unwrap() {
                Event::Comment(_) => {}
                Event::End(_) => return values,
                Event::Start(tag) if tag.name().as_ref() == "key" => {
                    let key = text(reader);
                    let value = next(reader).unwrap();
                    assert!(values.insert(key, value).is_none());
                }
                other => panic!("{other:?} where a key belongs"),
            }
        }
    }

    #[test]
    fn the_plist_parses_and_names_program_and_home() {
        let Value::Dict(shipped) = read(TEMPLATE) else {
            panic!("no dict")
        };
        assert_eq!(shipped["Label"], Value::Text(LABEL.to_owned()));
        let root = "/Users/ada/R&D <jobs>";
        let place = |named| Place {
            home: Home::at(Path::new(root), &Environment::default()).unwrap(),
            named,
        };
        let made = agent(&place(true), Path::new("/opt/a & b/agentd")).unwrap();
        let Value::Dict(values) = read(&made) else {
            panic!("no dict")
        };
        let words = |all: &[&str]| {
            Value::List(
                all.iter()
                    .map(|word| Value::Text((*word).to_owned()))
                    .collect(),
            )
        };
        assert_eq!(
            values["ProgramArguments"],
            words(&["/opt/a & b/agentd", "run"])
        );
        let Value::Dict(variables) = &values["EnvironmentVariables"] else {
            panic!("no variables")
        };
        assert_eq!(variables["AGENTD_HOME"], Value::Text(root.to_owned()));
        assert_eq!(home_of(&made).as_deref(), Some(root));
        for (key, value) in &shipped {
            if key != "ProgramArguments" {
                assert_eq!(values.get(key), Some(value), "{key}");
            }
        }
        let usual = agent(&place(false), Path::new("/opt/agentd")).unwrap();
        assert_eq!(home_of(&usual), None);
    }
}
