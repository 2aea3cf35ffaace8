//! Which of the models seen makes the vectors.

use super::SeenModel;
use crate::config::Embeddings;

/// The model to use; `None` when none is there and none is missed. `present` is the
/// name of the one whose space there is already: `auto` stays with it.
pub(super) fn choose<'a>(
    choice: &Embeddings,
    seen: &'a [SeenModel],
    present: Option<&str>,
) -> Result<Option<&'a SeenModel>, String> {
    match choice {
        Embeddings::BuiltIn => Ok(None),
        Embeddings::Auto => {
            let embedders = || seen.iter().filter(|seen| seen.embeds);
            let same = embedders().find(|seen| Some(seen.model.name.as_str()) == present);
            Ok(same.or_else(|| embedders().next()))
        }
        Embeddings::Model(name) => match seen.iter().find(|seen| seen.model.is_called(name)) {
            Some(found) if found.embeds => Ok(Some(found)),
            Some(_) => Err(format!("the model {name} makes no vectors")),
            None => Err(format!(
                "the model {name} is not on the model server: ollama pull {name}"
            )),
        },
    }
}

#[cfg(test)]
mod tests {
    use agent_models::ollama::Model;

    use super::*;

    #[test]
    fn the_named_model_is_taken_and_auto_stays_with_the_one_it_has() {
        let seen: Vec<SeenModel> = [
            ("bge-m3:567m", true),
            ("llama:8b", false),
            ("all-minilm:latest", true),
        ]
        .map(|(name, embeds)| SeenModel {
            model: Model {
                name: name.to_owned(),
                digest: "d".to_owned(),
                bytes: 1,
            },
            embeds,
        })
        .into();
        let check = |choice: &str, present: Option<&str>, expected: Result<Option<&str>, &str>| {
            let choice = Embeddings::try_from(choice.to_owned()).unwrap();
            let found = choose(&choice, &seen, present);
            let found = found.map(|found| found.map(|seen| seen.model.name.as_str()));
            match (found, expected) {
                (Err(said), Err(expected)) => assert!(said.contains(expected), "{said}"),
                (found, expected) => assert_eq!(found.ok(), expected.ok(), "{choice}"),
            }
        };
        check("auto", None, Ok(Some("bge-m3:567m")));
        check(
            "auto",
            Some("all-minilm:latest"),
            Ok(Some("all-minilm:latest")),
        );
        check("auto", Some("gone:latest"), Ok(Some("bge-m3:567m")));
        check("built-in", None, Ok(None));
        check("all-minilm", None, Ok(Some("all-minilm:latest")));
        check("llama:8b", None, Err("makes no vectors"));
        check(
            "nomic-embed-text",
            None,
            Err("ollama pull nomic-embed-text"),
        );
        let none = choose(&Embeddings::Auto, &[], Some("gone"));
        assert_eq!(none, Ok(None));
    }
}
