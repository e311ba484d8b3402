// CDN warm-up as an infrastructure step that can fail: start a preload, wait until the POPs hold the files, fail the deployment if they do not.
package alicdn
