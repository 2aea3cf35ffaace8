//! The programs, when they are not there or do not fit.

use std::{
    fs,
    os::unix::fs::PermissionsExt,
    path::{Path, PathBuf},
};

use agent_browser::{Browser, BrowserError, Chromium, ChromiumOptions, Visit};
use practice::Shape;

use crate::{recipe::recipe_of, world::World};

/// A program that says this, whatever it is asked.
fn says(folder: &Path, words: &str) -> PathBuf {
    let path = folder.join(format!("program-{}", words.len()));
    fs::write(&path, format!("#!/bin/sh\necho '{words}'\n")).unwrap();
    fs::set_permissions(&path, fs::Permissions::from_mode(0o755)).unwrap();
    path
}

#[tokio::test]
async fn a_program_that_is_missing_or_of_another_version_is_named_before_anything_starts() {
    let world = World::start().await;
    let opening = world.opening(Shape::Lever);
    let missing = world.home.path().join("nothing/chromedriver");
    let another = says(world.home.path(), "ChromeDriver 99.0.1.2 (abc)");
    let silent = says(world.home.path(), "hello");
    for (chromedriver, words) in [
        (missing, "chromedriver was not found: there is no file"),
        (
            another,
            "chromedriver is of version 99.0.1.2 and Chromium of version",
        ),
        (silent, "does not say its version"),
    ] {
        let options = ChromiumOptions {
            chromedriver: Some(chromedriver),
            ..world.options()
        };
        let browser = Chromium::new(options);
        let dir = world.session_dir();
        let visit = Visit {
            recipe: recipe_of(&opening),
            dir: dir.clone(),
            protected: Vec::new(),
        };
        let error = browser.open(visit).await.err().unwrap();
        assert!(matches!(
            error,
            BrowserError::Missing { .. } | BrowserError::Versions { .. }
        ));
        assert!(error.to_string().contains(words), "{error}");
        assert_eq!(
            browser.check().await.unwrap_err().to_string(),
            error.to_string()
        );
        assert!(!dir.exists());
    }
    let found = Chromium::new(world.options()).check().await.unwrap();
    assert!(
        found.starts_with("Chromium ") && found.contains(" and chromedriver "),
        "{found}"
    );
}
