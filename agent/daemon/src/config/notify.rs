//! `[notify]`: through which channels the person is told of what, and when not.

use std::{fmt, path::PathBuf};

use jiff::{ToSpan, Zoned, civil::Time};
use serde::{Deserialize, Deserializer, de::Error as _};
use url::{Host, Url};

/// `[notify]`
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(default)]
pub struct Notify {
    /// Where to tell. Unset means the desktop, and in a practice home nowhere.
    pub channels: Option<Vec<Channel>>,
    /// What to tell of.
    pub kinds: Vec<Topic>,
    /// A new opening is told of from this score on.
    pub least_score: u8,
    /// When to be quiet.
    pub quiet_hours: QuietHours,
    /// How often each channel may tell of something in an hour.
    pub per_hour: u16,
    /// How much leaves this machine.
    pub detail: Detail,
    /// Program for the channel `command`.
    pub command: Option<PathBuf>,
    /// Address of a topic of ntfy.
    pub ntfy: Option<Target>,
    /// Address that takes JSON.
    pub webhook: Option<Target>,
}

impl Default for Notify {
    fn default() -> Self {
        Self {
            channels: None,
            kinds: Topic::ALL.to_vec(),
            least_score: 75,
            quiet_hours: QuietHours::default(),
            per_hour: 6,
            detail: Detail::default(),
            command: None,
            ntfy: None,
            webhook: None,
        }
    }
}

/// A way to reach the person.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Channel {
    /// A notification of the desktop.
    Desktop,
    /// A program of the person's.
    Command,
    /// An ntfy server.
    Ntfy,
    /// A web server that takes JSON.
    Webhook,
}

impl Channel {
    /// Every channel.
    pub const ALL: [Self; 4] = [Self::Desktop, Self::Command, Self::Ntfy, Self::Webhook];

    /// Name as written and shown.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Desktop => "desktop",
            Self::Command => "command",
            Self::Ntfy => "ntfy",
            Self::Webhook => "webhook",
        }
    }
}

/// What the person may be told of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Topic {
    /// An application waits for them.
    Inbox,
    /// New openings over their score.
    Jobs,
    /// A board does not read as it used to, or not at all.
    Source,
    /// A model does not answer.
    Model,
    /// An approval, or an item of the queue, is about to run out.
    Expiry,
}

impl Topic {
    /// Every kind.
    pub const ALL: [Self; 5] = [
        Self::Inbox,
        Self::Jobs,
        Self::Source,
        Self::Model,
        Self::Expiry,
    ];

    /// Name as written, stored and shown.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Inbox => "inbox",
            Self::Jobs => "jobs",
            Self::Source => "source",
            Self::Model => "model",
            Self::Expiry => "expiry",
        }
    }

    /// The kind of this name.
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|topic| topic.name() == name)
    }
}

/// How much is told to another machine.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Detail {
    /// That something waits, and how many: no employer and no title.
    #[default]
    Brief,
    /// What it is.
    Full,
}

/// An address on the web.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Target {
    url: Url,
    here: bool,
}

impl Target {
    /// Reads an address: https, or http to this machine.
    pub fn parse(text: &str) -> Result<Self, &'static str> {
        let url =
            Url::parse(text.trim()).map_err(|_| "must be an address such as https://host/topic")?;
        let here = match url.host() {
            Some(Host::Ipv4(ip)) => ip.is_loopback(),
            Some(Host::Ipv6(ip)) => ip.is_loopback(),
            Some(Host::Domain(name)) => name == "localhost",
            None => return Err("must name a host"),
        };
        if !url.username().is_empty() || url.password().is_some() || url.fragment().is_some() {
            return Err("must hold no user name, password or `#`");
        }
        match url.scheme() {
            "https" => {}
            "http" if here => {}
            _ => return Err("must be https (http to this machine alone)"),
        }
        Ok(Self { url, here })
    }

    /// The address.
    pub fn url(&self) -> &Url {
        &self.url
    }

    /// Whether what is sent there stays on this machine.
    pub fn is_this_machine(&self) -> bool {
        self.here
    }

    /// The name or number of the machine.
    pub fn host(&self) -> &str {
        self.url.host_str().unwrap_or_default()
    }

    /// The address as it may be written down: whoever knows the rest can read or send.
    pub fn shown(&self) -> String {
        format!("{}/…", self.url.origin().ascii_serialization())
    }
}

impl<'de> Deserialize<'de> for Target {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        let text = String::deserialize(from)?;
        Self::parse(&text).map_err(|why| D::Error::custom(format!("the address {why}")))
    }
}

/// Hours of the day, in the person's time zone, in which nothing is told.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct QuietHours(Option<(Time, Time)>);

impl QuietHours {
    /// Reads "22:00-07:00", or "off".
    pub fn parse(text: &str) -> Result<Self, &'static str> {
        const WRONG: &str = "must be hours such as \"22:00-07:00\", or \"off\"";
        if matches!(text.trim(), "off" | "") {
            return Ok(Self(None));
        }
        let time = |text: &str| Time::strptime("%H:%M", text.trim()).map_err(|_| WRONG);
        let (from, to) = text.split_once('-').ok_or(WRONG)?;
        let (from, to) = (time(from)?, time(to)?);
        if from == to {
            return Err("must not begin when they end");
        }
        Ok(Self(Some((from, to))))
    }

    /// When the quiet ends that holds at `now`; `None` when none does. An hour that the
    /// clocks skip or repeat belongs to the quiet as a whole.
    pub fn until(self, now: &Zoned) -> Option<Zoned> {
        let (from, to) = self.0?;
        let zone = now.time_zone();
        let today = now.date();
        let nights = [today.yesterday().ok(), Some(today)];
        nights.into_iter().flatten().find_map(|day| {
            let last = if to > from {
                day
            } else {
                day.checked_add(1.day()).ok()?
            };
            let begins = zone
                .to_ambiguous_zoned(day.to_datetime(from))
                .earlier()
                .ok()?;
            let ends = zone.to_ambiguous_zoned(last.to_datetime(to)).later().ok()?;
            (begins <= *now && *now < ends).then_some(ends)
        })
    }
}

impl fmt::Display for QuietHours {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.0 {
            None => f.write_str("off"),
            Some((from, to)) => write!(f, "{}-{}", from.strftime("%H:%M"), to.strftime("%H:%M")),
        }
    }
}

impl<'de> Deserialize<'de> for QuietHours {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        let text = String::deserialize(from)?;
        Self::parse(&text).map_err(|why| D::Error::custom(format!("`notify.quiet_hours` {why}")))
    }
}

impl Notify {
    /// The key that is wrong, and what is wrong with it.
    pub(super) fn problem(&self) -> Option<(&'static str, &'static str)> {
        let named = |channel| {
            let channels = self.channels.as_deref().unwrap_or_default();
            channels.contains(&channel)
        };
        if self.least_score > 100 {
            Some(("notify.least_score", "must be between 0 and 100"))
        } else if !(1..=60).contains(&self.per_hour) {
            Some(("notify.per_hour", "must be between 1 and 60"))
        } else if self
            .command
            .as_ref()
            .is_some_and(|path| !path.is_absolute())
        {
            Some(("notify.command", "must be the whole path of a program"))
        } else if named(Channel::Command) && self.command.is_none() {
            Some((
                "notify.command",
                "must name a program: notify.channels has `command`",
            ))
        } else if named(Channel::Ntfy) && self.ntfy.is_none() {
            Some((
                "notify.ntfy",
                "must be the address of a topic: notify.channels has `ntfy`",
            ))
        } else if named(Channel::Webhook) && self.webhook.is_none() {
            Some((
                "notify.webhook",
                "must be an address: notify.channels has `webhook`",
            ))
        } else {
            None
        }
    }

    /// The value of a key of this section, as text; empty when it is unset.
    pub(super) fn value_of(&self, key: &str) -> Option<String> {
        let target = |target: &Option<Target>| {
            let url = target.as_ref().map(|target| target.url.to_string());
            url.unwrap_or_default()
        };
        Some(match key {
            "notify.channels" => {
                let channels = self.channels.as_deref().unwrap_or_default();
                let names: Vec<_> = channels.iter().map(|channel| channel.name()).collect();
                names.join(", ")
            }
            "notify.kinds" => {
                let names: Vec<_> = self.kinds.iter().map(|kind| kind.name()).collect();
                names.join(", ")
            }
            "notify.least_score" => self.least_score.to_string(),
            "notify.quiet_hours" => self.quiet_hours.to_string(),
            "notify.per_hour" => self.per_hour.to_string(),
            "notify.detail" => match self.detail {
                Detail::Brief => "brief".to_owned(),
                Detail::Full => "full".to_owned(),
            },
            "notify.command" => {
                let path = self.command.as_ref().map(|path| path.display().to_string());
                path.unwrap_or_default()
            }
            "notify.ntfy" => target(&self.ntfy),
            "notify.webhook" => target(&self.webhook),
            _ => return None,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quiet_hours_end_when_they_should_whatever_the_clocks_do() {
        let check = |hours: &str, now: &str, expected: Option<&str>| {
            let now: Zoned = format!("{now}[Europe/Berlin]").parse().unwrap();
            let until = QuietHours::parse(hours).unwrap().until(&now);
            let until = until.map(|end| end.strftime("%m-%d %H:%M %:z").to_string());
            assert_eq!(until.as_deref(), expected, "{hours} {now}");
        };
        let night = "22:00-07:00";
        check(night, "2026-11-21T21:59:00+01:00", None);
        check(
            night,
            "2026-11-21T22:00:00+01:00",
            Some("11-22 07:00 +01:00"),
        );
        check(
            night,
            "2026-11-22T06:59:00+01:00",
            Some("11-22 07:00 +01:00"),
        );
        check(night, "2026-11-22T07:00:00+01:00", None);
        check(
            "12:00-14:00",
            "2026-11-22T13:00:00+01:00",
            Some("11-22 14:00 +01:00"),
        );
        check("12:00-14:00", "2026-11-22T14:00:00+01:00", None);
        check("off", "2026-11-22T03:00:00+01:00", None);
        // The night the clocks go forward has an hour less, the other one more.
        check(
            night,
            "2026-03-29T01:30:00+01:00",
            Some("03-29 07:00 +02:00"),
        );
        check(
            night,
            "2026-10-25T02:30:00+02:00",
            Some("10-25 07:00 +01:00"),
        );
        check(
            night,
            "2026-10-25T02:30:00+01:00",
            Some("10-25 07:00 +01:00"),
        );
        // An end that the clocks skip, or that comes twice.
        check(
            "22:00-02:30",
            "2026-03-29T01:59:00+01:00",
            Some("03-29 03:30 +02:00"),
        );
        check(
            "22:00-02:30",
            "2026-10-25T02:45:00+02:00",
            Some("10-25 02:30 +01:00"),
        );
        check("22:00-02:30", "2026-10-25T02:31:00+01:00", None);
        check(
            "02:30-05:00",
            "2026-10-25T02:31:00+02:00",
            Some("10-25 05:00 +01:00"),
        );
    }

    #[test]
    fn p4_an_address_is_https_or_this_machine() {
        let check = |text: &str, fine: Option<bool>| {
            let parsed = Target::parse(text).ok();
            assert_eq!(
                parsed.map(|target| target.is_this_machine()),
                fine,
                "{text}"
            );
        };
        check("https://ntfy.example/topic-1", Some(false));
        check("https://192.168.1.5/hook", Some(false));
        check("http://127.0.0.1:8080/topic", Some(true));
        check("http://[::1]:8080/topic", Some(true));
        check("http://localhost/topic", Some(true));
        check("http://ntfy.example/topic", None);
        check("http://localhost.example/topic", None);
        check("https://me:secret@ntfy.example/topic", None);
        check("https://ntfy.example/topic#x", None);
        check("ftp://127.0.0.1/x", None);
        check("topic", None);
        let shown = Target::parse("https://ntfy.example:8443/secret-topic").unwrap();
        assert_eq!(shown.shown(), "https://ntfy.example:8443/…");
    }
}
