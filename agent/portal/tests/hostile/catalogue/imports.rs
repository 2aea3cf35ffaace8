//! Components that ask for something else than pages. They are refused before
//! anything of them is there.

use crate::attack::{Attack, Group};
use crate::ends::Ends;

pub(super) fn attacks() -> Vec<Attack> {
    let foreign = |name, import| {
        let text = format!("(component (import \"{import}\" (instance)))");
        file(name, &text, Ends::ForeignImport(import))
    };
    vec![
        foreign("the environment", "wasi:cli/environment@0.2.0"),
        foreign("sockets", "wasi:sockets/tcp@0.2.0"),
        foreign("files", "wasi:filesystem/types@0.2.0"),
        foreign("the clock", "wasi:clocks/wall-clock@0.2.0"),
        foreign("another version", "jobagent:portal/http@0.2.0"),
        foreign("no version", "jobagent:portal/http"),
        foreign(
            "what the contract does not have",
            "jobagent:portal/submit@0.1.0",
        ),
        foreign("anything", "anything"),
        file(
            "the right name with another type",
            r#"(component (import "jobagent:portal/http@0.1.0"
                (instance (export "get" (func)))))"#,
            Ends::WrongWorld,
        ),
        file(
            "the right name with one function more",
            r#"(component (import "jobagent:portal/log@0.1.0"
                (instance (export "read" (func (result string))))))"#,
            Ends::WrongWorld,
        ),
        file(
            "nothing, and gives nothing",
            "(component)",
            Ends::WrongWorld,
        ),
    ]
}

fn file(name: &'static str, text: &str, ends: Ends) -> Attack {
    Attack::file(Group::Imports, name, wat::parse_str(text).unwrap(), ends)
}
