//! The scripts of traps.

use super::Trap;

/// What the scripts share; it stands before the first of them.
const COMMON: &str = include_str!("../../assets/traps/common.js");

/// The scripts of a page's traps, in order; nothing where there are none.
pub(crate) fn script(traps: &[Trap]) -> Vec<&'static str> {
    let scripts: Vec<_> = traps.iter().filter_map(|trap| of(*trap)).collect();
    if scripts.is_empty() {
        return scripts;
    }
    [COMMON].into_iter().chain(scripts).collect()
}

fn of(trap: Trap) -> Option<&'static str> {
    Some(match trap {
        Trap::ValueChanged => include_str!("../../assets/traps/value-changed.js"),
        Trap::ValueChangedAtSubmit => {
            include_str!("../../assets/traps/value-changed-at-submit.js")
        }
        Trap::Preselected => include_str!("../../assets/traps/preselected.js"),
        Trap::ScriptRetry => include_str!("../../assets/traps/script-retry.js"),
        Trap::DoubleSubmit => include_str!("../../assets/traps/double-submit.js"),
        Trap::SelfSubmit => include_str!("../../assets/traps/self-submit.js"),
        Trap::EnterSubmits => include_str!("../../assets/traps/enter-submits.js"),
        Trap::WorkerFetch => include_str!("../../assets/traps/worker-fetch.js"),
        Trap::ServiceWorker => include_str!("../../assets/traps/service-worker.js"),
        Trap::IframeForm => include_str!("../../assets/traps/iframe-form.js"),
        Trap::PopupForm => include_str!("../../assets/traps/popup-form.js"),
        Trap::Autosave => include_str!("../../assets/traps/autosave.js"),
        Trap::Beacon => include_str!("../../assets/traps/beacon.js"),
        Trap::GetLeak => include_str!("../../assets/traps/get-leak.js"),
        Trap::Websocket => include_str!("../../assets/traps/websocket.js"),
        Trap::Stun => include_str!("../../assets/traps/stun.js"),
        Trap::PrefetchLeak => include_str!("../../assets/traps/prefetch-leak.js"),
        Trap::CssLeak => include_str!("../../assets/traps/css-leak.js"),
        Trap::HiddenSwapped
        | Trap::LabelSwapped
        | Trap::ActionChanged
        | Trap::ActionOriginChanged
        | Trap::OptionRemoved
        | Trap::OptionRenamed
        | Trap::FieldAdded
        | Trap::RequiredChanged
        | Trap::ReadAndClose
        | Trap::ReadAndReset
        | Trap::OneByte
        | Trap::RedirectToSelf
        | Trap::ErrorAfterAccept
        | Trap::SlowAnswer
        | Trap::NeverAnswers
        | Trap::Refuses
        | Trap::CaptchaWall
        | Trap::LoginWall
        | Trap::CodeWall => return None,
    })
}
