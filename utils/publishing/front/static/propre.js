/* The script of one page, such as the explorer's, asked for once the page stands there and its text is read: in the
   head, it and the data that it asks for would share the line with the text. */
addEventListener("load", () => {
  const own = document.querySelector("meta[name='script-de-la-page']");
  if (own) import(new URL(own.content, document.baseURI).href);
});
