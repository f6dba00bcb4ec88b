// Which editions are published side by side: written anew when a site is published.
window.EDITIONS = [];
