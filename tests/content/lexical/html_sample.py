"""A post of Ghost's as the HTML that Ghost made of it: every card with its classes, every comment."""

HTML = """<p>An <strong>opening</strong> with a <a href="https://paper.example/quay/?ref=paper.example">link</a>.</p>
<h2 id="a-heading">A heading</h2>
<blockquote class="kg-blockquote-alt">Set large beside it</blockquote>
<figure class="kg-card kg-image-card kg-width-wide kg-card-hascaption"><a href="https://paper.example/boats/"><img
 src="https://paper.example/content/images/size/w1000/2024/harbour.jpg" class="kg-image" alt="Boats" loading="lazy"
 width="600" height="400" srcset="x 600w"></a><figcaption><span style="white-space: pre-wrap;">The harbour</span>
</figcaption></figure>
<figure class="kg-card kg-gallery-card kg-width-wide kg-card-hascaption"><div class="kg-gallery-container">
<div class="kg-gallery-row"><div class="kg-gallery-image"><img src="/content/images/2024/harbour.jpg" alt="Boats"></div>
<div class="kg-gallery-image"><a href="/crew/"><img src="/content/images/2024/crew.jpg"></a></div></div></div>
<figcaption><p>Two pictures</p></figcaption></figure>
<figure class="kg-card kg-bookmark-card"><a class="kg-bookmark-container" href="https://else.example/story"><div
 class="kg-bookmark-content"><div class="kg-bookmark-title">A story</div><div class="kg-bookmark-description">What it
 says</div><div class="kg-bookmark-metadata"><img class="kg-bookmark-icon" src="https://else.example/icon.png"><span
 class="kg-bookmark-author">Else</span><span class="kg-bookmark-publisher">Ana</span></div></div><div
 class="kg-bookmark-thumbnail"><img src="/content/images/2024/crew.jpg" alt=""></div></a></figure>
<div class="kg-card kg-callout-card kg-callout-card-yellow"><div class="kg-callout-emoji">⚓</div><div
 class="kg-callout-text">Mind the <b>gap</b></div></div>
<div class="kg-card kg-toggle-card" data-kg-toggle-state="close"><div class="kg-toggle-heading"><h4
 class="kg-toggle-heading-text"><span>What is inside?</span></h4><button class="kg-toggle-card-icon"><svg></svg></button>
</div><div class="kg-toggle-content"><p>One thing</p></div></div>
<div class="kg-card kg-button-card kg-align-left"><a href="https://paper.example/tickets/" class="kg-btn kg-btn-accent">Go
 aboard</a></div>
<figure class="kg-card kg-embed-card"><iframe width="200" src="https://video.example/embed/1" title="The film"></iframe>
<figcaption>Seen</figcaption></figure>
<figure class="kg-card kg-video-card kg-width-full kg-card-hascaption"
 data-kg-thumbnail="/content/images/2024/harbour.jpg" data-kg-custom-thumbnail="/content/images/2024/poster.jpg"><div
 class="kg-video-container"><video src="/content/media/film.mp4" width="1280" height="720" loop muted></video><div
 class="kg-video-overlay"><button></button></div><div class="kg-video-player-container"><div class="kg-video-player"><span
 class="kg-video-current-time">0:00</span><div class="kg-video-time">/<span class="kg-video-duration">1:12</span></div>
</div></div></div><figcaption>The film</figcaption></figure>
<div class="kg-card kg-audio-card"><img src="/content/images/2024/crew.jpg" class="kg-audio-thumbnail"><div
 class="kg-audio-player-container"><audio src="/content/media/song.mp3"></audio><div class="kg-audio-title">A song</div>
<div class="kg-audio-player"><button></button><span class="kg-audio-current-time">0:00</span><div
 class="kg-audio-time">/<span class="kg-audio-duration">1:02</span></div></div></div></div>
<div class="kg-card kg-file-card"><a class="kg-file-card-container" href="/content/files/paper.pdf" download=""><div
 class="kg-file-card-contents"><div class="kg-file-card-title">The whole paper</div><div
 class="kg-file-card-caption">As printed</div><div class="kg-file-card-metadata"><div
 class="kg-file-card-filename">paper.pdf</div><div class="kg-file-card-filesize">12 KB</div></div></div></a></div>
<div class="kg-card kg-product-card"><div class="kg-product-card-container"><img
 src="/content/images/2024/harbour.jpg" class="kg-product-card-image"><div class="kg-product-card-title-container"><h4
 class="kg-product-card-title"><span>A rope</span></h4></div><div class="kg-product-card-rating"><span
 class="kg-product-card-rating-active kg-product-card-rating-star"><svg></svg></span><span
 class="kg-product-card-rating-active kg-product-card-rating-star"><svg></svg></span><span
 class="kg-product-card-rating-star"><svg></svg></span></div><div class="kg-product-card-description"><p>Ten metres</p>
</div><a href="https://shop.example/rope" class="kg-product-card-button kg-product-card-btn-accent"><span>Buy it</span></a>
</div></div>
<figure class="kg-card kg-code-card"><pre><code class="language-python">print(1)
  x</code></pre><figcaption>A program</figcaption></figure>
<!--kg-card-begin: html--><table><tr><td>A cell</td></tr></table><script src="https://x.example/a.js"></script>
<!--kg-card-end: html-->
<!--kg-card-begin: markdown--><h2 id="by-hand">By hand</h2><p>In Markdown</p><!--kg-card-end: markdown-->
<hr>
<!--members-only-->
<p>Below the cut</p>
<!--kg-gated-block:begin nonMember:false memberSegment:"status:-free" --><div
 class="kg-card kg-cta-card kg-cta-bg-green kg-cta-immersive kg-cta-no-dividers kg-cta-has-img kg-cta-centered"
 data-layout="immersive"><div class="kg-cta-sponsor-label-wrapper"><div class="kg-cta-sponsor-label"><span>SPONSORED</span>
</div></div><div class="kg-cta-content"><div class="kg-cta-image-container"><img src="/content/images/2024/crew.jpg"></div>
<div class="kg-cta-content-inner"><div class="kg-cta-text"><p>Come aboard</p></div><a href="/tickets/"
 class="kg-cta-button">Go aboard</a></div></div></div><!--kg-gated-block:end-->
<div class="kg-card kg-header-card kg-width-full kg-size-large kg-style-image"
 data-kg-background-image="/content/images/2024/harbour.jpg"><h2 class="kg-header-card-header">The first header</h2><h3
 class="kg-header-card-subheader">And its line</h3><a href="/tickets/" class="kg-header-card-button">Go aboard</a></div>
<div class="kg-card kg-header-card kg-v2 kg-layout-split kg-width-full"><div class="kg-header-card-content"><picture><img
 class="kg-header-card-image" src="/content/images/2024/crew.jpg" alt=""></picture><div class="kg-header-card-text"><h2
 class="kg-header-card-heading">The second header</h2><p class="kg-header-card-subheading">With a line</p></div></div></div>
<div class="kg-card kg-signup-card kg-width-wide"><div class="kg-signup-card-content"><div
 class="kg-signup-card-text kg-align-center"><h2 class="kg-signup-card-heading">Join the crew</h2><p
 class="kg-signup-card-subheading">Every Monday</p><form class="kg-signup-card-form" data-members-form="signup"><input
 data-members-label type="hidden" value="Crew"><input type="email" data-members-email><button
 class="kg-signup-card-button" type="submit"><span class="kg-signup-card-button-default">Join</span><span
 class="kg-signup-card-button-loading">...</span></button><div class="kg-signup-card-success">Look at your mail</div>
</form><p class="kg-signup-card-disclaimer">No spam</p></div></div></div>
<div class="kg-visibility-wrapper"><div data-gh-segment="status:free"><p>Only by mail</p></div></div>
<p>The end</p>
"""
