"""Mail domains that say nothing of where somebody works: anybody can take an address there."""

FREE_MAIL = (
    "casema.nl", "chello.nl", "duck.com", "fastmail.com", "freedom.nl", "gmail.com", "gmx.com",
    "gmx.net", "googlemail.com", "hetnet.nl", "home.nl", "hotmail.com", "hotmail.nl", "icloud.com",
    "kpnmail.nl", "kpnplanet.nl", "live.com", "live.nl", "mac.com", "mail.com", "me.com", "msn.com",
    "online.nl", "onsbrabantnet.nl", "outlook.com", "outlook.nl", "planet.nl", "pm.me", "proton.me",
    "protonmail.com", "quicknet.nl", "solcon.nl", "telfort.nl", "tutanota.com", "upcmail.nl",
    "xs4all.nl", "yahoo.com", "ymail.com", "zeelandnet.nl", "ziggo.nl",
)  # fmt: skip
