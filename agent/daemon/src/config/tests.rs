//! What a configuration file may say.

use super::*;

fn read(text: &str) -> Result<(Config, Vec<Setting>), ConfigError> {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("config.toml");
    fs::write(&path, text).unwrap();
    load(&path)
}

#[test]
fn a_missing_file_means_defaults() {
    let (config, settings) = load(Path::new("/nonexistent/config.toml")).unwrap();
    assert_eq!(config, Config::default());
    assert!(settings.iter().all(|setting| !setting.from_file));
}

#[test]
fn stated_keys_go_over_the_defaults() {
    let (config, settings) =
        read("[sync]\nschedule = \"every 6h\"\n[weights]\nsalary = 0.5\n").unwrap();
    assert_eq!(config.sync.schedule.to_string(), "every 6h");
    assert_eq!(config.weights.salary, 0.5);
    assert_eq!(config.weights.title, Weights::default().title);
    let stated: Vec<_> = settings
        .iter()
        .filter(|s| s.from_file)
        .map(|s| s.key)
        .collect();
    assert_eq!(stated, ["sync.schedule", "weights.salary"]);
}

#[test]
fn every_listed_key_has_a_value_or_may_be_unset() {
    let (_, settings) = read(
        "[sync]\n[fetch]\ncontact = \"me@example.org\"\n[models]\nollama = \"localhost\"\n\
         [models.openai]\nurl = \"http://localhost:1234/v1\"\nmodel = \"local\"\n\
         [browser]\nchromium = \"/opt/chromium\"\nchromedriver = \"/opt/chromedriver\"\n\
         [notify]\nchannels = [\"desktop\"]\ncommand = \"/bin/true\"\n\
         ntfy = \"https://ntfy.example/a\"\nwebhook = \"http://127.0.0.1/b\"\n",
    )
    .unwrap();
    assert!(
        settings.iter().all(|setting| !setting.value.is_empty()),
        "{settings:?}"
    );
}

#[test]
fn a_wrong_file_is_refused_with_what_to_do() {
    for (text, says) in [
        ("[sync]\nshedule = \"off\"", "did you mean `sync.schedule`?"),
        ("[wieghts]\nskills = 1.0", "did you mean `weights.skills`?"),
        ("colour = true", "unknown key `colour`"),
        ("[sync]\nschedule = \"sometimes\"", "daily 07:30"),
        ("[sync]\nconcurrent = 0", "between 1 and 16"),
        ("[weights]\nskills = -1.0", "not be negative"),
        ("[wieghts]", "did you mean `weights"),
        ("[sync", "line 1"),
        ("\n\n[sync]\nconcurrent = \"many\"", "line 4"),
        (
            "[fetch]\ncontact = \"a\\r\\nX-Evil: b\"",
            "fetch.contact must",
        ),
        ("[fetch]\ncontact = \"me) (evil\"", "fetch.contact must"),
        (
            "[fetch]\ncontact = \"jos\u{e9}@example.org\"",
            "fetch.contact must",
        ),
        ("[fetch]\ncontact = \"\"", "fetch.contact must"),
        (
            "[browser]\nchromium = \"chromium\"",
            "browser.chromium must",
        ),
        ("[models]\nembeddings = \"\"", "auto, built-in or the name"),
        (
            "[models]\nembeddings = \"a b\"",
            "auto, built-in or the name",
        ),
        (
            "[models]\nollama = \"ftp://a\"",
            "address of an Ollama server",
        ),
        (
            "[models]\nembedings = \"auto\"",
            "did you mean `models.embeddings`",
        ),
        ("[models]\nchat = \"a b\"", "auto, off or the name"),
        ("[models]\npatience = 0", "models.patience must"),
        (
            "[models.openai]\nurl = \"localhost:1234\"\nmodel = \"m\"",
            "must be what the calls",
        ),
        (
            "[models.openai]\nurl = \"http://localhost\"\nmodel = \"\"",
            "models.openai.model must",
        ),
        (
            "[models.openai]\nkey = \"sk-secret\"",
            "unknown key `models.openai.key`",
        ),
        ("[notify]\nquiet_hours = \"22-7\"", "22:00-07:00"),
        (
            "[notify]\nchannels = [\"ntfy\"]",
            "notify.ntfy must be the address of a topic",
        ),
        ("[notify]\nchannels = [\"mail\"]", "unknown variant `mail`"),
        (
            "[notify]\nntfy = \"http://ntfy.example/a\"",
            "must be https",
        ),
        ("[notify]\nper_hour = 0", "between 1 and 60"),
        ("[notify]\ncommand = \"hook\"", "notify.command must"),
        ("[log]\nlevel = \"agentd=loud\"", "log.level must"),
        ("[log]\nkeep_days = 0", "log.keep_days must"),
    ] {
        let message = read(text).unwrap_err().to_string();
        assert!(message.contains(says), "{text}: {message}");
        assert_eq!(message.lines().count(), 1, "{message}");
    }
}
